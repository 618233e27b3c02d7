import type { Connection, ConnectionStatus, SignIn, SignInStatus } from '../../model/connection';
import { crmWords } from './crmWords';
import { otherOrgWords } from './otherOrgWords';

/**
 * The worst that is true of any sign-in: `inactive` (a person must act), `unreachable` (the CRM gives no answer), `well`; `unknown` where
 * nobody signs in.
 */
export type ConnectionHealth = 'inactive' | 'unreachable' | 'well' | 'unknown';

/** What anybody on the instance may see of a connection. */
export interface ConnectionSummary {
	readonly name: string;
	readonly crm: string;
	readonly status: ConnectionStatus;
	readonly health: ConnectionHealth;
}

/** One sign-in as a person sees it: the same keys in every case, `null` for what is not known or does not apply. */
export interface SignInDetails {
	readonly credentialId: string;
	readonly credentialName: string;
	readonly credentialType: string;
	readonly userId: string;
	readonly status: SignInStatus;
	readonly statusSince: string;
	readonly lastWellAt: string | null;
	readonly unreachableSince: string | null;
	readonly cause: string | null;
	readonly certainty: string | null;
	readonly code: string | null;
	readonly words: string | null;
	readonly whatToDo: string | null;
	/** The org that waits for a person to confirm it. */
	readonly otherOrgId: string | null;
	readonly otherOrgName: string | null;
	readonly otherOrgSince: string | null;
}

/** A connection as a person sees it, with its sign-ins by name: the same keys in every case, `null` for what is not known. */
export interface ConnectionDetails extends ConnectionSummary {
	readonly id: string;
	readonly description: string;
	readonly statusSince: string;
	readonly orgId: string;
	readonly orgName: string | null;
	readonly edition: string | null;
	readonly type: 'production' | 'sandbox';
	readonly instanceUrl: string | null;
	readonly runAutomatically: boolean;
	/** `null`: no limit of our own. */
	readonly apiBudgetPercent: number | null;
	readonly registeredAt: string;
	readonly deletedAt: string | null;
	readonly signIns: readonly SignInDetails[];
}

/** A connection in the list that everybody sees; `signIns` are those of the connection. */
export function connectionSummary({ name, crm, status }: Connection, signIns: readonly SignIn[]): ConnectionSummary {
	return { name, crm: crmWords[crm].name, status, health: healthOf(signIns) };
}

/** Everything about a connection; `signIns` are those of the connection. */
export function connectionDetails(connection: Connection, signIns: readonly SignIn[]): ConnectionDetails {
	const { id, description, statusSince, orgId, orgName, edition, sandbox, instanceUrl } = connection;
	const { runAutomatically, apiBudgetPercent, registeredAt, deletedAt } = connection;
	return {
		id,
		...connectionSummary(connection, signIns),
		description,
		statusSince,
		orgId,
		orgName: orgName || null,
		edition: edition || null,
		type: sandbox ? 'sandbox' : 'production',
		instanceUrl: instanceUrl || null,
		runAutomatically,
		apiBudgetPercent,
		registeredAt,
		deletedAt,
		signIns: signIns.map((signIn) => signInDetails(connection, signIn)).sort(byName),
	};
}

function healthOf(signIns: readonly SignIn[]): ConnectionHealth {
	const inUse = signIns.filter((signIn) => !isReplaced(signIn, signIns));
	if (inUse.length === 0) return 'unknown';
	if (inUse.some(({ status, otherOrg }) => status === 'inactive' || otherOrg)) return 'inactive';
	return inUse.some(({ unreachableSince }) => unreachableSince) ? 'unreachable' : 'well';
}

/** For so long a refused credential that nobody uses any more counts beside one that works. */
const REPLACED_AFTER_MS = 7 * 24 * 60 * 60_000;

/** Credentials are exchanged and deleted, and nobody tells us: one that was given up must not make its connection look ill for ever. */
function isReplaced({ status, statusSince, lastTriedAt }: SignIn, signIns: readonly SignIn[]): boolean {
	const lastSeen = lastTriedAt ?? statusSince;
	const isLongAfter = (time: string | null) => time !== null && Date.parse(time) - Date.parse(lastSeen) >= REPLACED_AFTER_MS;
	return status === 'inactive' && signIns.some((other) => other.status === 'well' && isLongAfter(other.lastWellAt));
}

function signInDetails(connection: Connection, signIn: SignIn): SignInDetails {
	const { credentialId, credentialName, credentialType, userId, status, statusSince, lastWellAt, unreachableSince, cause, otherOrg } = signIn;
	return {
		credentialId,
		credentialName,
		credentialType,
		userId,
		status,
		statusSince,
		lastWellAt,
		unreachableSince,
		cause: cause?.cause ?? null,
		certainty: cause?.certainty ?? null,
		code: cause?.code ?? null,
		...whatIsWrong(connection, signIn),
		otherOrgId: otherOrg?.orgId ?? null,
		otherOrgName: otherOrg?.orgName || null,
		otherOrgSince: otherOrg?.noticedAt ?? null,
	};
}

function whatIsWrong(connection: Connection, { otherOrg, cause, unreachableSince, credentialName }: SignIn): Pick<SignInDetails, 'words' | 'whatToDo'> {
	if (otherOrg) return otherOrgWords(connection, otherOrg, credentialName);
	if (cause) return { words: cause.words, whatToDo: cause.whatToDo };
	if (unreachableSince === null) return { words: null, whatToDo: null };
	const words = `${crmWords[connection.crm].name} gives no answer, which says nothing about the sign-in.`;
	return { words, whatToDo: 'Wait: the next run tries again. If it stays, ask whoever looks after the CRM or the network of this n8n.' };
}

function byName(one: SignInDetails, other: SignInDetails): number {
	const order = one.credentialName.localeCompare(other.credentialName, 'en');
	return order !== 0 ? order : one.credentialId < other.credentialId ? -1 : 1;
}
