import { hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Table from 'cli-table3';
import type { CrmValue } from '../../src/model/record';
import { compileMapping } from '../../src/sync/mapping/compileMapping';
import type { CompiledMapping } from '../../src/sync/mapping/compiledMapping';
import { mergeRecord } from '../../src/sync/merge/mergeRecord';
import { linkSubject, type Pair as LinkedPair } from '../../src/sync/plan/pair';
import { planPair } from '../../src/sync/plan/planPair';
import type { SyncRun } from '../../src/sync/run/syncRun';
import { benchEntity, benchMapping, edited, FIELDS, inApp, inCrm, keyring } from './benchFields';

/** So many pairs are in memory at a time. */
const PAGE = 1_000;
/** One pair of so many was edited on one side, in three fields. */
const EDITED = 10;

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

/**
 * Plans linked pairs with 30 fields each of usual types, once unchanged and once with one pair of ten edited, beside a bare loop over the
 * same edited records: read both values, hash each, compare with the hash of before. No canonical form, no keys, no rules, no plan.
 */
export function benchEngine(pairs: number): string {
	const mapping = compileMapping(benchMapping, benchEntity);
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
	row('plan, nothing changed', times.unchanged);
	row('plan, one of ten edited', times.edited);
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
	const run = { mapping, keyring, description: benchEntity, sync: { inDoubt: false }, settings: { skewMs: 0 }, clock: () => new Date(0) } as unknown as SyncRun;
	for (const pair of pairs) {
		const { write, delivery } = planPair(linked(pair), run);
		values += Object.keys(write?.values ?? {}).length + Object.keys(delivery?.values ?? {}).length;
	}
	return values;
}

/** The pair as the engine holds it between reading and planning. */
function linked({ linkId, app, crm, base }: Pair): LinkedPair {
	const link = { id: linkId, syncId: 'sync', appId: linkId, crmId: linkId, keyHash: null, base, ended: null, endedAt: null, successor: null };
	const record = { entity: benchEntity.name, id: linkId, stamp: '1', values: crm };
	return { items: [0], link, known: true, app: { kind: 'shown', values: app }, crm: { kind: 'shown', record }, subject: linkSubject(linkId), holds: [] };
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

function settledPair(mapping: CompiledMapping, number: number): Pair {
	const app = inApp(number);
	const crm = inCrm(number);
	const linkId = `link-${number}`;
	const { base } = mergeRecord({ mapping, keyring, linkId, app, crm, base: undefined });
	const hashes = Float64Array.from({ length: 2 * FIELDS }, (_, at) => hashed(at % 2 === 0 ? app[`app${at / 2}`] : crm[`Field${(at - 1) / 2}`]));
	return { linkId, app, crm, base: base!, hashes };
}

function edit(record: Record<string, unknown>): void {
	Object.assign(record, edited(record));
}
