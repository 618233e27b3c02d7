import type { ConnectionStatus, SignInStatus } from '../../../../src/model/connection';
import type { Action } from './actions';
import type { Told } from './edge';
import type { Outside, OutsideCredential } from './outside';

/** What shall be known of an org. */
export interface ExpectedConnection {
	name: string;
	description: string;
	orgName: string;
	status: ConnectionStatus;
	runAutomatically: boolean;
	apiBudgetPercent: number | null;
	deleted: boolean;
}

/** What shall be known of a credential. */
export interface ExpectedSignIn {
	org: string;
	status: SignInStatus;
	unreachable: boolean;
	otherOrg: string | null;
}

interface SignIn extends ExpectedSignIn {
	cause: 'unreadable' | 'refused' | null;
	tried: { readonly key: number; readonly content: number };
	probes: number;
	nextProbe: number;
}

const waits = [15, 60, 360, 1440].map((minutes) => minutes * 60_000);

/** The rules once more, the obvious way: for uses that come one after the other. */
export class Oracle {
	readonly connections = new Map<string, ExpectedConnection>();
	readonly signIns = new Map<string, SignIn>();

	constructor(private readonly outside: Outside) {}

	wish(action: Extract<Action, { org: number }>): void {
		const connection = this.connections.get(this.outside.orgs[action.org].id);
		if (!connection) return;
		if (action.does === 'update') Object.assign(connection, action.settings);
		if (action.does === 'pause') connection.status = 'paused';
		if (action.does === 'activate') connection.status = 'active';
		if (action.does === 'remove') connection.deleted = true;
	}

	run({ credential: index, manual, ending }: Extract<Action, { does: 'run' }>): Told {
		const credential = this.outside.credentials[index];
		const isKnown = this.signIns.has(credential.id) && this.outside.tells(credential) && !this.connectionOf(credential)?.deleted;
		const stopped = this.admission(credential, manual) ?? this.call(credential) ?? (isKnown ? undefined : this.arrive(credential, manual));
		if (stopped) return stopped;
		const signIn = this.signIns.get(credential.id) as SignIn;
		if (ending === 'done') this.well(signIn, credential);
		if (ending === 'notAllowed') signIn.unreachable = false;
		if (ending === 'unreachable') signIn.unreachable = true;
		return ending;
	}

	check({ credential: index, manual, confirmed }: Extract<Action, { does: 'check' }>): Told {
		const credential = this.outside.credentials[index];
		const named = confirmed === null ? undefined : this.outside.orgs[confirmed].id;
		const home = this.signIns.get(credential.id)?.org;
		const tells = this.outside.tells(credential);
		const isConfirmation = named !== undefined && home !== named && (!tells || credential.org.id === named);
		const admission = isConfirmation ? this.admissionTo(named, credential, manual) : this.admission(credential, manual);
		return admission ?? this.call(credential) ?? this.arrive(credential, manual, named) ?? 'checked';
	}

	private admission(credential: OutsideCredential, manual: boolean): Told | undefined {
		const signIn = this.signIns.get(credential.id);
		const tells = this.outside.tells(credential);
		if (signIn && tells && signIn.org !== credential.org.id) {
			signIn.otherOrg = credential.org.id;
			return 'otherOrg';
		}
		const stopped = this.setting(signIn?.org ?? (tells ? credential.org.id : undefined), manual);
		if (stopped || !signIn) return stopped;
		if (signIn.otherOrg && !tells && !manual && !this.isEdited(signIn, credential)) return 'otherOrg';
		const waiting = this.inactive(signIn, credential, manual);
		if (!waiting && tells) signIn.otherOrg = null;
		return waiting;
	}

	private admissionTo(named: string, credential: OutsideCredential, manual: boolean): Told | undefined {
		const signIn = this.signIns.get(credential.id);
		const home = this.outside.tells(credential) ? undefined : signIn?.org;
		return this.setting(named, manual) ?? this.setting(home, manual) ?? (signIn && this.inactive(signIn, credential, manual));
	}

	private setting(org: string | undefined, manual: boolean): Told | undefined {
		const connection = this.connections.get(org ?? '');
		if (!connection || (connection.status === 'active' && (manual || connection.runAutomatically))) return undefined;
		connection.deleted = false;
		return connection.status === 'paused' ? 'paused' : 'notAutomatic';
	}

	private inactive(signIn: SignIn, credential: OutsideCredential, manual: boolean): Told | undefined {
		if (signIn.status === 'well' || manual) return undefined;
		const isUnsent = signIn.cause === 'unreadable';
		const isEdited = this.isEdited(signIn, credential);
		const mayBackOff = (!credential.password || isUnsent) && this.outside.now >= signIn.nextProbe;
		if (credential.unreadable || !(isEdited || (isUnsent && signIn.probes === 0) || mayBackOff)) {
			(this.connections.get(signIn.org) as ExpectedConnection).deleted = false;
			return 'inactive';
		}
		this.try(signIn, credential, isEdited && !isUnsent ? 0 : signIn.probes + 1);
		return undefined;
	}

	private call(credential: OutsideCredential): Told | undefined {
		const signIn = this.signIns.get(credential.id);
		const answer = this.outside.answer(credential);
		if (answer === 'answered') return undefined;
		if (signIn && answer === 'unreachable') signIn.unreachable = true;
		if (signIn && (answer === 'refused' || (answer === 'unreadable' && signIn.status === 'well'))) {
			this.try(signIn, credential, signIn.status === 'well' || signIn.cause === 'unreadable' || this.isEdited(signIn, credential) ? 0 : signIn.probes);
			Object.assign(signIn, { status: 'inactive', cause: answer, unreachable: false });
		}
		return answer;
	}

	private arrive(credential: OutsideCredential, manual: boolean, named?: string): Told | undefined {
		const signIn = this.signIns.get(credential.id);
		const org = credential.org.id;
		if (signIn && signIn.org !== org && named !== org) {
			Object.assign(signIn, { otherOrg: org, unreachable: false, tried: { key: this.outside.key, content: credential.content } });
			return 'otherOrg';
		}
		const connection = this.connections.get(org);
		const { name } = credential.org;
		const fresh = { name, description: '', orgName: name, status: 'active', runAutomatically: true, apiBudgetPercent: null, deleted: false } as const;
		if (!connection) this.connections.set(org, { ...fresh });
		else Object.assign(connection, { name: connection.name === connection.orgName ? name : connection.name, orgName: name, deleted: false });
		const next = { ...signIn, org, otherOrg: null } as SignIn;
		this.well(next, credential);
		this.signIns.set(credential.id, next);
		return this.setting(org, manual);
	}

	private well(signIn: SignIn, { content }: OutsideCredential): void {
		Object.assign(signIn, { status: 'well', unreachable: false, cause: null, tried: { key: this.outside.key, content }, probes: 0, nextProbe: 0 });
	}

	private try(signIn: SignIn, { content, unreadable }: OutsideCredential, probes: number): void {
		const tried = unreadable ? signIn.tried : { key: this.outside.key, content };
		Object.assign(signIn, { tried, probes, nextProbe: this.outside.now + waits[Math.min(probes, 3)] });
	}

	private isEdited({ tried }: SignIn, { content, unreadable }: OutsideCredential): boolean {
		return !unreadable && tried.key === this.outside.key && tried.content !== content;
	}

	private connectionOf(credential: OutsideCredential): ExpectedConnection | undefined {
		return this.connections.get(this.signIns.get(credential.id)?.org ?? '');
	}
}
