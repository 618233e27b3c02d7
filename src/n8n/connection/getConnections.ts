import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connectionDetails, connectionSummary } from '../../connections/registry/connectionViews';
import type { Connection, SignIn } from '../../model/connection';
import type { ConnectionQuery, StateStore } from '../../model/stateStore';
import { readPages } from '../pageParameters';
import { inRun } from '../runs/inRun';
import { itemsOfAll, itemsOrError } from './connectionItems';

interface Filters {
	readonly status?: 'active' | 'paused' | 'any';
	readonly includeDeleted?: boolean;
}

/**
 * The operation Get Many: all connections of this n8n, by name. Names and status only, because they may belong to teams that do not
 * share their credentials; details where the operator set `CRM_SYNC_LIST_DETAILS=true`.
 */
export async function getConnections(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await itemsOrError(context, async () => await inRun(context, { operation: 'getAll' }, async ({ store, report }) => {
		const { status = 'any', includeDeleted = false } = context.getNodeParameter('filters', 0) as Filters;
		const query: Omit<ConnectionQuery, 'limit'> = { includeDeleted, ...(status === 'any' ? {} : { status }) };
		const connections = await readPages(context, (page) => store.connections.list({ ...query, ...page }));
		const view = process.env.CRM_SYNC_LIST_DETAILS?.trim().toLowerCase() === 'true' ? connectionDetails : connectionSummary;
		report({ outcome: 'succeeded', counts: { listed: connections.length } });
		return itemsOfAll(context, (await withSignIns(store, connections)).map(([connection, signIns]) => view(connection, signIns)));
	}));
}

async function withSignIns(store: StateStore, connections: readonly Connection[]): Promise<[Connection, SignIn[]][]> {
	const signIns = await store.connections.listSignIns(connections.map(({ id }) => id));
	const byConnection = Map.groupBy(signIns, ({ connectionId }) => connectionId);
	return connections.map((connection) => [connection, byConnection.get(connection.id) ?? []]);
}
