import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { CrmAdapter } from '../../model/crmAdapter';
import { withArticle } from '../../sync/push/withArticle';
import type { PushProblem, PushResult, PushStatus, RecordRef } from '../../sync/push/pushTypes';

const NEEDS_ATTENTION: readonly PushStatus[] = ['refused', 'needsAttention', 'uncertain'];

/** Whether a person has to look at the result. */
export function needsAttention({ status }: PushResult): boolean {
	return NEEDS_ATTENTION.includes(status);
}

/** What every result of one run has in common. */
export interface OutputContext {
	readonly adapter: Pick<CrmAdapter, 'recordUrl'>;
	readonly entityLabel: string;
	readonly entity: string;
	readonly dryRun: boolean;
}

/** One output item: what became of the input item, in words and in data, with links. The input comes along where somebody must mend it. */
export function pushOutputItem(result: PushResult, input: INodeExecutionData, context: OutputContext): INodeExecutionData {
	const { record, status, changedFields, leftOutFields, problems, candidates } = result;
	const json: IDataObject = {
		result: status,
		message: pushMessage(result, context),
		object: record?.entity ?? context.entity,
		recordId: record?.id ?? null,
		recordUrl: record ? context.adapter.recordUrl(record.entity, record.id) : null,
		changedFields: [...changedFields],
		dryRun: context.dryRun,
		...(leftOutFields.length > 0 && { leftOutFields: [...leftOutFields] }),
		...(problems.length > 0 && { problems: problems.map(problemJson) }),
		...(candidates.length > 0 && { candidates: candidateList(candidates, context) }),
		...(needsAttention(result) && { input: input.json }),
	};
	return { json, pairedItem: { item: result.index } };
}

function problemJson({ field, reason, code, remedy }: PushProblem): IDataObject {
	return { field: field ?? null, reason, code: code ?? null, remedy: remedy ?? null };
}

/** Items of one key share their candidates, so a thousand items with a thousand candidates each hold one list. */
const lists = new WeakMap<readonly RecordRef[], IDataObject[]>();

function candidateList(candidates: readonly RecordRef[], context: OutputContext): IDataObject[] {
	const list = lists.get(candidates) ?? candidates.map((candidate) => candidateJson(candidate, context));
	lists.set(candidates, list);
	return list;
}

function candidateJson({ entity, id }: RecordRef, { adapter }: OutputContext): IDataObject {
	return { object: entity, recordId: id, recordUrl: adapter.recordUrl(entity, id) };
}

const HAPPENED: Readonly<Record<PushStatus, (thing: string) => string>> = {
	created: (thing) => `Created ${withArticle(thing)}.`,
	updated: (thing) => `Updated the ${thing}.`,
	unchanged: (thing) => `The ${thing} is already up to date.`,
	skipped: () => 'Skipped.',
	refused: () => 'Not written.',
	needsAttention: () => 'Needs a decision.',
	uncertain: () => 'Uncertain whether it was written.',
};

const WOULD_HAPPEN: Readonly<Partial<typeof HAPPENED>> = {
	created: (thing) => `Would create ${withArticle(thing)}.`,
	updated: (thing) => `Would update the ${thing}.`,
};

/** The result in words: what happened, and why where something is wrong. */
export function pushMessage({ status, record, problems }: PushResult, { entity, entityLabel, dryRun }: OutputContext): string {
	const say = (dryRun ? WOULD_HAPPEN[status] : undefined) ?? HAPPENED[status];
	const thing = !record || record.entity === entity ? entityLabel : record.entity;
	return [say(thing), ...problems.map(({ reason }) => reason)].join(' ');
}

/** How many results of each status there are, most telling first: "3 created, 1 refused". */
export function summary(results: readonly PushResult[]): string {
	const order: readonly PushStatus[] = ['created', 'updated', 'unchanged', 'skipped', 'needsAttention', 'refused', 'uncertain'];
	const words: Partial<Record<PushStatus, string>> = { needsAttention: 'waiting for a decision' };
	const counts = order.map((status) => ({ status, count: results.filter((result) => result.status === status).length }));
	return counts.flatMap(({ status, count }) => (count > 0 ? [`${count.toLocaleString('en-US')} ${words[status] ?? status}`] : [])).join(', ');
}
