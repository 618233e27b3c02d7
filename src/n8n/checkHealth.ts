import type { Diagnosis } from '../connections/diagnosis';
import { healthReport, type HealthFindings, type HealthReport } from '../connections/health';
import { expiringCertificate } from '../connections/expiring';
import type { Registration } from '../connections/registry/registryTypes';
import type { CrmAdapter } from '../model/crmAdapter';
import type { ConnectionIdentity } from '../model/connectionIdentity';
import { CrmError } from '../model/crmError';
import type { EntityRights, Right } from '../model/entity';
import { confirmedUse } from './connection/confirmedUse';
import type { ConnectionUse } from './connection/ConnectionUse';

/** What one check is asked for. */
export interface HealthQuestion {
	/** API name of the object to check permissions for. */
	readonly entity: string;
	readonly neededRights: readonly Right[];
	/** Id of the org that a person confirms, where the credential reaches another one than before. */
	readonly confirmedOrg: string;
}

/** Answers one question after the other about the same connection. */
export type HealthCheck = (question: HealthQuestion) => Promise<HealthReport>;

/** An open adapter and whom it reached, or why it reached nobody. */
interface Reached {
	readonly adapter?: CrmAdapter;
	readonly identity?: ConnectionIdentity;
	readonly failure?: Diagnosis;
	readonly registered?: HealthFindings['registered'];
}

/**
 * Checks the connection of the node's credential: who and where is asked once however many objects follow, each object once.
 *
 * A connection that fails, is paused or reaches another org is an answer. Only a stopped run throws, with a `CrmError` of kind
 * `cancelled`, and a state store that fails.
 */
export function createHealthCheck(use: ConnectionUse, credentialUrl: string | undefined): HealthCheck {
	let reached: Promise<Reached> | undefined;
	const found = new Map<string, Promise<Partial<HealthFindings>>>();
	return async ({ entity, neededRights, confirmedOrg }) => {
		reached ??= reach(use, confirmedOrg);
		const { identity, adapter, failure, registered } = await reached;
		const described = found.get(entity) ?? (failure ? Promise.resolve({ failure }) : describe(use, adapter, entity));
		found.set(entity, described);
		const outcome = await described;
		const now = new Date();
		const warnings = expiringCertificate(use.certificateExpiresAt, now.getTime());
		return healthReport({ ...outcome, identity, entity, neededRights, usage: adapter?.usage(), registered, credentialUrl, warnings, checkedAt: now.toISOString() });
	};
}

async function reach(use: ConnectionUse, confirmedOrg: string): Promise<Reached> {
	const reached = await tryToReach(use, confirmedOrg);
	return { ...reached, registered: await use.registered() };
}

async function tryToReach(use: ConnectionUse, confirmedOrg: string): Promise<Reached> {
	const { admission, register } = confirmedUse(use, confirmedOrg);
	const admitted = await admission();
	if (!admitted.admitted) return { failure: refusal(admitted) };
	let adapter: CrmAdapter | undefined;
	try {
		adapter = await use.openUnregistered();
		const identity = await adapter.identify();
		const registration = await register(identity);
		return { adapter, identity, ...(registration.admitted ? {} : { failure: refusal(registration) }) };
	} catch (error) {
		return { adapter, failure: await explained(use, error, adapter ? 'identify' : 'signIn') };
	}
}

async function describe(use: ConnectionUse, adapter: CrmAdapter | undefined, entity: string): Promise<Partial<HealthFindings>> {
	try {
		const description = await adapter?.describe(entity, true);
		return adapter?.rights ? { description, rights: await toldRights(adapter.rights(entity)) } : { description };
	} catch (error) {
		return { failure: await explained(use, error, 'describe', entity) };
	}
}

/** What is described stays so where only the question about rights fails, unless nobody is signed in any more. */
async function toldRights(asked: Promise<EntityRights | undefined>): Promise<NonNullable<HealthFindings['rights']>> {
	try {
		return (await asked) ?? 'untold';
	} catch (error) {
		if (!(error instanceof CrmError) || error.kind === 'auth' || error.kind === 'cancelled') throw error;
		return 'untold';
	}
}

async function explained(use: ConnectionUse, error: unknown, step: 'signIn' | 'identify' | 'describe', entity?: string): Promise<Diagnosis> {
	if (!(error instanceof CrmError) || error.kind === 'cancelled') throw error;
	return await use.failed(error, step, entity);
}

/** Names of causes for what the registry stops. */
const causes = { paused: 'paused', notAutomatic: 'not-automatic', otherOrg: 'other-org', inactive: 'sign-in-inactive' } as const;

function refusal({ reason, words, whatToDo }: Extract<Registration, { admitted: false }>): Diagnosis {
	return { cause: causes[reason], certainty: 'proven', words, whatToDo };
}
