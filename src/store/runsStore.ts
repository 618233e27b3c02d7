import type { Run } from '../model/runHistory';
import type { Page, RunQuery, RunStore } from '../model/stateStore';
import { pageOf, positionAfter } from './paging';
import { checkKeys, checkLimit, storedTime } from './refused';
import type { SqlDatabase } from './sql/sqlDatabase';
import type { RunRow } from './sql/tables';
import { fromJson } from './storedJson';

const LIST = 'runs';

const runColumns = [
	'id',
	'connectionId',
	'credentialId',
	'nodeType',
	'nodeName',
	'operation',
	'workflowId',
	'workflowName',
	'executionId',
	'executionUrl',
	'manual',
	'startedAt',
	'finishedAt',
	'outcome',
	'words',
	'counts',
	'calls',
] as const satisfies readonly (keyof RunRow)[];

/** Named one by one: what the caller's object carries beside them is not stored. */
function runRow(run: Run): RunRow {
	const { id, connectionId, credentialId, nodeType, nodeName, operation, workflowId, workflowName, executionId, executionUrl } = run;
	const { manual, startedAt, finishedAt, outcome, words, counts, calls } = run;
	return {
		...{ id, connectionId, credentialId, nodeType, nodeName, operation, workflowId, workflowName, executionId, executionUrl },
		...{
			manual: Number(manual),
			startedAt: storedTime(startedAt, 'start of a run'),
			finishedAt,
			outcome,
			words,
			counts: JSON.stringify(counts),
			calls,
		},
	};
}

function runOf(row: RunRow): Run {
	return { ...row, manual: row.manual === 1, counts: fromJson(row.counts) };
}

/** The history of runs in SQL. */
export class SqlRunStore implements RunStore {
	constructor(private readonly database: SqlDatabase) {}

	async save(run: Run): Promise<void> {
		checkKeys({ 'run id': run.id, 'connection id': run.connectionId, 'credential id': run.credentialId });
		const row = runRow(run);
		await this.database.affected(
			this.database.build
				.insertInto('runs')
				.values(row)
				.onConflict((existing) => existing.column('id').doUpdateSet(row)),
		);
	}

	async list(query: RunQuery): Promise<Page<Run>> {
		checkLimit(query.limit);
		const position = positionAfter(query.after, LIST);
		if (query.outcomes?.length === 0) return { items: [] };
		let statement = this.wanted(query);
		if (position) {
			const { key, id } = position;
			statement = statement.where((is) => is.or([is('startedAt', '<', key), is.and([is('startedAt', '=', key), is('id', '<', id)])]));
		}
		const newestFirst = statement.orderBy('startedAt', 'desc').orderBy('id', 'desc');
		const rows = await this.database.rows(newestFirst.limit(query.limit + 1));
		return pageOf(rows, query.limit, { list: LIST, positionOf: (row) => ({ key: row.startedAt, id: row.id }), read: runOf });
	}

	async forgetBefore(startedAt: string): Promise<number> {
		const before = storedTime(startedAt, 'start of a run');
		return await this.database.affected(this.database.build.deleteFrom('runs').where('startedAt', '<', before));
	}

	private wanted({ connectionId, credentialId, outcomes, nodeType, workflowId, startedFrom, startedBefore }: RunQuery) {
		let statement = this.database.build.selectFrom('runs').select(runColumns);
		if (connectionId !== undefined && credentialId !== undefined)
			statement = statement.where((is) => is.or([is('connectionId', '=', connectionId), is.and([is('connectionId', 'is', null), is('credentialId', '=', credentialId)])]));
		else if (connectionId !== undefined) statement = statement.where('connectionId', '=', connectionId);
		else if (credentialId !== undefined) statement = statement.where('credentialId', '=', credentialId);
		if (outcomes) statement = statement.where('outcome', 'in', outcomes);
		if (nodeType !== undefined) statement = statement.where('nodeType', '=', nodeType);
		if (workflowId !== undefined) statement = statement.where('workflowId', '=', workflowId);
		if (startedFrom !== undefined) statement = statement.where('startedAt', '>=', storedTime(startedFrom, 'started from'));
		if (startedBefore !== undefined) statement = statement.where('startedAt', '<', storedTime(startedBefore, 'started before'));
		return statement;
	}
}
