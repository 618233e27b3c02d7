import type { IExecuteFunctions } from 'n8n-workflow';

import type { CrmAdapter } from '../../model/crmAdapter';
import type { StateStore } from '../../model/stateStore';
import { ConnectionUse } from '../connection/ConnectionUse';
import { credentialKind } from '../credentialKinds';
import { getStateStore } from '../stateStore';
import { inNodeErrors } from '../withAdapter';
import { RecordedRun, type RunReport } from './RecordedRun';
import { startedByPerson } from './startedByPerson';
import { toldWhereLost } from './toldWhereLost';

/** A run of a node, as its operation sees it. */
export interface OpenRun {
	readonly store: StateStore;
	/** The node's credential; reading it sends nothing. */
	use(): Promise<ConnectionUse>;
	/** Opens the CRM that the credential reaches; throws as `ConnectionUse.open` does. */
	open(): Promise<CrmAdapter>;
	/** What the history says about this run; the last report counts. */
	report(report: RunReport): void;
}

/** What runs. */
export interface RunPlan {
	readonly operation: string;
	/** Value of *Connect With*; absent for operations without a credential. */
	readonly connectWith?: string;
}

/**
 * The frame around everything that an operation of a node does: it leaves a row in the history, what it learns about the sign-in is
 * stored, and whatever goes wrong becomes n8n's own error.
 *
 * @throws NodeApiError or NodeOperationError, worded.
 */
export async function inRun<T>(context: IExecuteFunctions, { operation, connectWith }: RunPlan, work: (run: OpenRun) => Promise<T>): Promise<T> {
	return await inNodeErrors(context, { connectWith }, async () => {
		const { store } = await getStateStore();
		const credentialType = connectWith === undefined ? '' : credentialKind(connectWith).credentialType;
		const recorded = await RecordedRun.begin(context, store, { operation, credentialId: context.getNode().credentials?.[credentialType]?.id ?? undefined });
		let use: ConnectionUse | undefined;
		let report: RunReport = { outcome: 'succeeded' };
		const begin = async () => (use ??= await ConnectionUse.begin(context, connectWith ?? '', startedByPerson(context.getMode())));
		const facts = () => ({ connectionId: use?.connectionId, calls: use?.calls ?? 0 });
		try {
			const result = await work({ store, use: begin, open: async () => await (await begin()).open(), report: (latest) => void (report = latest) });
			await toldWhereLost(context, async () => await use?.end());
			await recorded.end(report, facts());
			return result;
		} catch (error) {
			const worded = (await toldWhereLost(context, async () => await use?.end(error))) ?? error;
			await recorded.fail(worded, { counts: report.counts ?? {}, explained: worded !== error, ...facts() });
			throw worded;
		}
	});
}
