import type { PushItem, PushResult, PushSettings } from '../../src/sync/push/pushTypes';
import { runPush } from '../../src/sync/push/runPush';
import type { EntityDescription } from '../../src/model/entity';
import { lead } from './entities';
import type { MemoryCrm } from './memoryCrm';

export type Input = Readonly<Record<string, unknown>>;

export const defaults: PushSettings = {
	entity: 'Lead',
	matchField: 'Email',
	mode: 'upsert',
	emptyValues: 'leave',
	converted: 'needsAttention',
	target: 'needsAttention',
	write: { runAssignmentRules: false, saveDespiteDuplicateAlert: false },
	timeZone: 'Europe/Vienna',
	dryRun: false,
};

export interface PushOptions extends Partial<PushSettings> {
	readonly pageSize?: number;
	readonly description?: EntityDescription;
}

/** Pushes inputs through the engine and returns the results, in the order in which they came. */
export async function push(crm: MemoryCrm, inputs: readonly Input[], { pageSize = 1_000, description = lead, ...settings }: PushOptions = {}): Promise<PushResult[]> {
	const mapped = [...new Set(inputs.flatMap((values) => Object.keys(values)))];
	const results: PushResult[] = [];
	const pages = pagesOf(inputs, pageSize);
	for await (const page of runPush({ adapter: crm, settings: { ...defaults, ...settings }, description, mapped, pages })) for (const result of page) results.push(result);
	return results;
}

async function* pagesOf(inputs: readonly Input[], pageSize: number): AsyncGenerator<readonly PushItem[]> {
	for (let start = 0; start < inputs.length; start += pageSize) {
		yield await Promise.resolve(inputs.slice(start, start + pageSize).map((values, at) => ({ index: start + at, values })));
	}
}

/** A lead as a form sends it. */
export function person(name: string, more: Input = {}): Input {
	return { Email: `${name.toLowerCase()}@x.com`, LastName: name, Company: 'Acme', ...more };
}

/** Results as short lines: index, status, record, fields, and what is wrong. */
export function told(results: readonly PushResult[]): string {
	return `\n${results.map(line).join('\n')}\n`;
}

function line({ index, status, record, changedFields, leftOutFields, problems, candidates }: PushResult): string {
	const parts = [
		`${index} ${status}`,
		record && `${record.entity} ${shortId(record.id)}`,
		changedFields.length > 0 && changedFields.join('+'),
		leftOutFields.length > 0 && `without ${leftOutFields.join('+')}`,
		...problems.map(({ field, reason, code }) => [field && `${field}:`, reason, code && `[${code}]`].filter(Boolean).join(' ')),
		candidates.length > 0 && `see ${candidates.map(({ entity, id }) => `${entity} ${shortId(id)}`).join(', ')}`,
	];
	return parts.filter(Boolean).join(' | ');
}

/** The records of an entity as short lines, with the named fields. */
export function shown(crm: MemoryCrm, entity: string, ...fields: readonly string[]): string {
	const rows = crm.rows.filter((row) => row.entity === entity);
	return `\n${rows.map(({ id, values }) => [shortId(id), ...fields.map((name) => JSON.stringify(values[name]))].join(' ')).join('\n')}\n`;
}

function shortId(id: string): string {
	return id.replace(/AAA$/, '').replace(/0{4,}/, '-');
}
