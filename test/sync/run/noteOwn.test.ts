import type { VersionedRecord } from '../../../src/model/changeReader';
import type { CrmValue } from '../../../src/model/record';
import type { RecordPlan } from '../../../src/sync/plan/recordPlan';
import { noteOwn } from '../../../src/sync/run/seen';
import type { SyncRun } from '../../../src/sync/run/syncRun';

type Values = Readonly<Record<string, CrmValue>>;

/** Whether what a record shows after a write counts as nothing but that write. */
async function isOwn({ before, written, shown, changedBy }: { readonly before?: Values; readonly written?: Values; readonly shown: Values; readonly changedBy?: string }): Promise<boolean> {
	const noted: (readonly [string, string])[] = [];
	const add = async (_sync: string, kind: string, notes: typeof noted) => void (kind === 'seen' && noted.push(...notes));
	const run = { state: { notes: { add } }, sync: { id: 'sync' }, settings: { userId: 'us' }, select: ['LastName', 'Phone', 'IsConverted'], dryRun: false } as unknown as SyncRun;
	const crm = before ? { kind: 'shown', record: { entity: 'Lead', id: 'L-1', stamp: 'before', values: before } } : { kind: 'new' };
	const plan = { pair: { crm }, write: written && { values: written } } as unknown as RecordPlan;
	const record: VersionedRecord = { entity: 'Lead', id: 'L-1', stamp: 'after', values: shown, ...(changedBy === undefined ? {} : { changedBy }) };
	await noteOwn([[plan, record]], run);
	if (noted.length > 0) expect(noted).toEqual([['L-1', 'after']]);
	return noted.length > 0;
}

const before = { LastName: 'Ada', Phone: '1', IsConverted: false };
const written = { Phone: '2' };
const shown = { ...before, ...written };

test.each<[string, Parameters<typeof isOwn>[0], boolean]>([
	['what we wrote, and nothing else', { before, written, shown, changedBy: 'us' }, true],
	['the same, in a CRM that does not say by whom', { before, written, shown }, true],
	['the same, last changed by somebody else', { before, written, shown, changedBy: 'user' }, false],
	['what the CRM made of what we wrote', { before, written, shown: { ...shown, Phone: '+2' }, changedBy: 'us' }, true],
	['another field with another value', { before, written, shown: { ...shown, LastName: 'Eve' }, changedBy: 'us' }, false],
	['another field without its value', { before, written, shown: { ...shown, LastName: null }, changedBy: 'us' }, false],
	['what nobody wrote', { before, shown: before, changedBy: 'us' }, false],
	['a new record with what we wrote', { written, shown: { LastName: null, Phone: '2', IsConverted: false }, changedBy: 'us' }, true],
	['a new record of which it hides a field', { written, shown: { Phone: '2' }, changedBy: 'us' }, true],
	['a new record with a default of the CRM', { written, shown: { LastName: 'Unknown', Phone: '2', IsConverted: false }, changedBy: 'us' }, false],
	['a new record with a checkbox that the CRM set', { written, shown: { LastName: null, Phone: '2', IsConverted: true }, changedBy: 'us' }, false],
])('after a write the CRM shows %s', async (_what, given, own) => {
	expect(await isOwn(given)).toBe(own);
});
