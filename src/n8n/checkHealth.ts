import { healthReport, type HealthFindings, type HealthReport, type Right } from '../connections/health';
import type { CheckStep, Evidence } from '../connections/diagnosis';
import type { CrmAdapter } from '../model/crmAdapter';
import type { ConnectionIdentity } from '../model/connectionIdentity';
import { CrmError } from '../model/crmError';
import { credentialKind } from './credentialKinds';
import type { CrmContext } from './crmContext';
import { credentialLink, openAdapter } from './openAdapter';

/** What one check is asked for. */
export interface HealthQuestion {
	/** API name of the object to check permissions for. */
	readonly entity: string;
	readonly neededRights: readonly Right[];
}

/** An open adapter and whom it reached, or why it reached nobody. */
type Reached = { readonly adapter?: CrmAdapter; readonly identity?: ConnectionIdentity; readonly failure?: Evidence };

/**
 * Checks the node's connection: who and where is asked once however many objects follow, each object once.
 *
 * A connection that fails is an answer. Only a stopped run throws, with a `CrmError` of kind `cancelled`.
 */
export function createHealthCheck(context: CrmContext, connectWith: string): (question: HealthQuestion) => Promise<HealthReport> {
	let reached: Promise<Reached> | undefined;
	const found = new Map<string, Promise<Partial<HealthFindings>>>();
	return async ({ entity, neededRights }) => {
		reached ??= reach(context, connectWith);
		const { identity, adapter, failure } = await reached;
		const described = found.get(entity) ?? (failure ? Promise.resolve({ failure }) : describe(adapter, entity, connectWith));
		found.set(entity, described);
		const outcome = await described;
		return healthReport({
			...outcome,
			identity,
			entity,
			neededRights,
			usage: adapter?.usage(),
			credentialUrl: credentialLink(context, connectWith),
			checkedAt: new Date().toISOString(),
		});
	};
}

async function reach(context: CrmContext, connectWith: string): Promise<Reached> {
	let adapter: CrmAdapter | undefined;
	try {
		adapter = await openAdapter(context, connectWith);
		return { adapter, identity: await adapter.identify() };
	} catch (error) {
		return { adapter, failure: evidence(error, adapter ? 'identify' : 'signIn', connectWith) };
	}
}

async function describe(adapter: CrmAdapter | undefined, entity: string, connectWith: string): Promise<Partial<HealthFindings>> {
	try {
		return { description: await adapter?.describe(entity, true) };
	} catch (error) {
		return { failure: { ...evidence(error, 'describe', connectWith), entity } };
	}
}

function evidence(error: unknown, step: CheckStep, connectWith: string): Evidence {
	if (!(error instanceof CrmError) || error.kind === 'cancelled') throw error;
	const { kind, code, httpStatus, transient, message, remedy } = error;
	return { step, kind, code, httpStatus, transient, message, remedy, crmName: credentialKind(connectWith).crmName };
}
