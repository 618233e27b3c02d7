import type { SyncIntent } from '../../../src/model/syncIntent';
import { createVerdict, type CreateTraces } from '../../../src/sync/journal/createVerdict';
import type { RecordPlan } from '../../../src/sync/plan/recordPlan';
import type { SyncRun } from '../../../src/sync/run/syncRun';

const MINUTE_MS = 60_000;
const now = Date.parse('2026-01-05T08:00:00Z');

/** An earlier create under a key, begun so long ago. */
const begun = (keyHash: string, minutes: number) => ({ keyHash, linkId: 'link', startedAt: new Date(now - minutes * MINUTE_MS).toISOString() }) as SyncIntent;

interface Traces {
	readonly key?: string | undefined;
	readonly open?: readonly string[];
	readonly converted?: readonly string[];
	readonly intent?: SyncIntent;
	readonly rivals?: boolean;
	readonly taken?: readonly string[];
	/** What the plan would write. */
	readonly write?: 'create' | 'update' | undefined;
}

function verdict(traces: Traces): string {
	const { open = [], converted = [], intent, rivals = false, taken = [] } = traces;
	const key = 'key' in traces ? traces.key : 'ada';
	const kind = 'write' in traces ? traces.write : 'create';
	const run = { progress: { openCreates: new Map(intent ? [[intent.keyHash!, intent]] : []) }, clock: () => new Date(now) } as unknown as SyncRun;
	const found = key === 'unasked' ? undefined : { open, converted };
	const given: CreateTraces = { keyHash: key, found: found as CreateTraces['found'], intent, rivals, taken: new Set(taken) };
	const one = createVerdict({ write: kind && { kind } } as RecordPlan, given, run);
	if (one.do === 'goOn') return 'goes on';
	return one.do === 'link' ? `linked with ${one.crmId}` : `held: ${[one.why, ...one.candidates].join(' ')}`;
}

test.each<[string, Traces, string]>([
	['it has no key', { key: undefined }, 'held: noKey'],
	['nobody has asked for its key', { key: 'unasked' }, 'held: noKey'],
	['the CRM has none with its key', {}, 'goes on'],
	['the CRM has one', { open: ['L-1'] }, 'linked with L-1'],
	['the CRM has one, and a converted one', { open: ['L-1'], converted: ['C-1'] }, 'linked with L-1'],
	['the CRM has one, which has a link', { open: ['L-1'], taken: ['L-1'] }, 'held: linkedElsewhere L-1'],
	['the CRM has one, and another one has a link', { open: ['L-1'], taken: ['L-2'] }, 'linked with L-1'],
	['the CRM has two', { open: ['L-1', 'L-2'] }, 'held: ambiguous L-1 L-2'],
	['another record of the app has its key', { rivals: true }, 'held: ambiguous'],
	['the same, and the CRM has one', { rivals: true, open: ['L-1'] }, 'held: ambiguous L-1'],
	['the CRM has one that was converted', { converted: ['C-1'] }, 'held: converted C-1'],
	['a create of it is under way', { intent: begun('ada', 9) }, 'held: uncertain'],
	['a create of it was under way ten minutes ago', { intent: begun('ada', 10) }, 'goes on'],
	['a create of it under another key is not settled', { intent: begun('eve', 20) }, 'held: uncertain'],
	['a create of it is under way and shows already', { intent: begun('ada', 1), open: ['L-1'] }, 'linked with L-1'],
])('a record with a link is to be created again, and %s', (_what, traces, expected) => {
	expect(verdict(traces)).toBe(expected);
});

test.each<[string, Traces, string]>([
	['is there now', { intent: begun('ada', 1), open: ['L-1'] }, 'linked with L-1'],
	['is there now, under another key', { intent: begun('eve', 1), open: ['L-1'] }, 'goes on'],
	['is not there', { intent: begun('ada', 1) }, 'goes on'],
	['is there twice', { intent: begun('ada', 1), open: ['L-1', 'L-2'] }, 'goes on'],
	['never was begun', { open: ['L-1'] }, 'goes on'],
])('a record with a link is not to be created any more, and what an earlier run created %s', (_what, traces, expected) => {
	for (const write of [undefined, 'update'] as const) expect(verdict({ ...traces, write })).toBe(expected);
});
