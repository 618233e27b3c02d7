import { hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Table from 'cli-table3';
import type { CrmValue } from '../../src/model/record';
import { compileMapping } from '../../src/sync/mapping/compileMapping';
import type { CompiledMapping } from '../../src/sync/mapping/compiledMapping';
import { DEFAULT_RULE } from '../../src/sync/mapping/mapping';
import { mergeRecord } from '../../src/sync/merge/mergeRecord';
import { field, lead } from '../sync/entities';

const FIELDS = 30;
/** So many pairs are in memory at a time. */
const PAGE = 1_000;
/** One pair of so many was edited on one side, in three fields. */
const EDITED = 10;
const TYPES = ['text', 'email', 'phone', 'picklist', 'decimal', 'integer', 'boolean', 'date', 'datetime', 'text'] as const;

interface Pair {
	readonly linkId: string;
	readonly app: Record<string, unknown>;
	readonly crm: Record<string, CrmValue>;
	readonly base: Uint8Array;
	/** What the bare loop compares with. */
	readonly hashes: Float64Array;
}

/** Adds up, in milliseconds. */
interface Times {
	bare: number;
	unchanged: number;
	edited: number;
}

const keyring = { current: { id: 'bench', secret: new Uint8Array(32).fill(7) }, former: [] };
const two = (number: number) => String(number).padStart(2, '0');

/**
 * Plans linked pairs with 30 fields each of usual types, once unchanged and once with one pair of ten edited, beside a bare loop over the
 * same edited records: read both values, hash each, compare with the hash of before. No canonical form, no keys, no rules, no plan.
 */
export function benchEngine(pairs: number): string {
	const mapping = benchMapping();
	const times: Times = { bare: 0, unchanged: 0, edited: 0 };
	let planned = 0;
	measurePage(mapping, 0, { bare: 0, unchanged: 0, edited: 0 });
	const before = memoryInUse();
	for (let start = 0; start < pairs; start += PAGE) planned += measurePage(mapping, start, times);
	const grown = (memoryInUse() - before) / 2 ** 20;
	if (planned !== (pairs / EDITED) * 3) throw new Error(`${planned} values were planned instead of ${(pairs / EDITED) * 3}`);
	const table = new Table({ head: [`${pairs.toLocaleString('en-US')} pairs × ${FIELDS} fields`, 'seconds', '× bare loop'], style: { head: ['cyan'] } });
	const row = (name: string, time: number) => table.push([name, (time / 1000).toFixed(2), (time / times.bare).toFixed(2)]);
	row('bare loop: read, hash, compare', times.bare);
	row('engine, nothing changed', times.unchanged);
	row('engine, one of ten edited', times.edited);
	return `${table.toString()}\nMemory in use grew by ${grown.toFixed(1)} MB after the first ${PAGE.toLocaleString('en-US')} pairs.`;
}

/** In bytes, without what is only waiting to be collected. */
function memoryInUse(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** Returns how many values are to go over. */
function measurePage(mapping: CompiledMapping, start: number, times: Times): number {
	const pairs = Array.from({ length: PAGE }, (_, at) => settledPair(mapping, start + at));
	times.unchanged += timed(() => planAll(mapping, pairs));
	for (const [at, { app, crm }] of pairs.entries()) if (at % EDITED === 0) edit(at % (2 * EDITED) === 0 ? app : crm);
	let planned = 0;
	times.edited += timed(() => (planned = planAll(mapping, pairs)));
	times.bare += timed(() => bareLoop(pairs));
	return planned;
}

function timed(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

function planAll(mapping: CompiledMapping, pairs: readonly Pair[]): number {
	let values = 0;
	for (const { linkId, app, crm, base } of pairs) {
		const { toCrm, toApp, quiet } = mergeRecord({ mapping, keyring, linkId, app, crm, base });
		if (!quiet) values += Object.keys(toCrm).length + Object.keys(toApp).length;
	}
	return values;
}

function bareLoop(pairs: readonly Pair[]): number {
	let changed = 0;
	for (const { app, crm, hashes } of pairs) {
		for (let at = 0; at < FIELDS; at += 1) {
			if (hashed(app[`app${at}`]) !== hashes[2 * at]) changed += 1;
			if (hashed(crm[`Field${at}`]) !== hashes[2 * at + 1]) changed += 1;
		}
	}
	return changed;
}

function hashed(value: unknown): number {
	return parseInt(hash('sha256', String(value)).slice(0, 12), 16);
}

function benchMapping(): CompiledMapping {
	const picklist = ['Energy', 'Media', 'Retail'].map((value) => ({ value, label: `${value} (label)` }));
	const fields = Array.from({ length: FIELDS }, (_, at) =>
		field(`Field${at}`, TYPES[at % TYPES.length], { length: 255, precision: 18, scale: at % TYPES.length === 4 ? 2 : 0, restricted: true, picklist }),
	);
	const rules = fields.map(({ name }, at) => ({ ...DEFAULT_RULE, id: `r${at}`, appField: `app${at}`, crmField: name }));
	const matchKey = { appField: 'app1', crmField: 'Field1' };
	return compileMapping({ rules, matchKey, firstMatch: 'preferCrm', timeZone: 'Europe/Vienna' }, { ...lead, fields });
}

function settledPair(mapping: CompiledMapping, number: number): Pair {
	const app = Object.fromEntries(Array.from({ length: FIELDS }, (_, at) => [`app${at}`, valueOf(at, number, false)]));
	const crm = Object.fromEntries(Array.from({ length: FIELDS }, (_, at) => [`Field${at}`, valueOf(at, number, true)]));
	const linkId = `link-${number}`;
	const { base } = mergeRecord({ mapping, keyring, linkId, app, crm, base: undefined });
	const hashes = Float64Array.from({ length: 2 * FIELDS }, (_, at) => hashed(at % 2 === 0 ? app[`app${at / 2}`] : crm[`Field${(at - 1) / 2}`]));
	return { linkId, app, crm, base: base!, hashes };
}

/** As apps write it, or as CRMs show it. */
function valueOf(at: number, number: number, inCrm: boolean): CrmValue {
	const seed = number + at;
	const values: Readonly<Record<(typeof TYPES)[number], CrmValue>> = {
		text: `Some text of ${seed}`,
		email: `${inCrm ? 'p' : 'P'}erson.${seed}@example.com`,
		phone: `+43 1 ${seed}`,
		picklist: ['Energy', 'Media', 'Retail'][seed % 3],
		decimal: seed + 0.25,
		integer: seed,
		boolean: seed % 2 === 0,
		date: `2026-03-${two((seed % 28) + 1)}`,
		datetime: `2026-03-04T10:00:${two(seed % 60)}${inCrm ? '.000+0000' : 'Z'}`,
	};
	return values[TYPES[at % TYPES.length]];
}

function edit(record: Record<string, unknown>): void {
	for (const [at, name] of Object.keys(record).entries()) if (at % 10 === 0) record[name] = `${String(record[name])}, edited`;
}
