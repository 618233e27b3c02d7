import fc from 'fast-check';
import type { OpenSave } from '../../standin/salesforce/org/OpenSave';
import { readerOf } from '../changesReading';
import { openRig, type Rig } from './rig';

const seed = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
const numRuns = Number(process.env.FC_RUNS ?? 100);
const minute = 60_000;
const longestSave = 10 * minute;

type Edit = { readonly do: 'insert' } | { readonly do: 'update' | 'remove' | 'erase' | 'restore'; readonly who: number } | { readonly do: 'merge'; readonly who: number; readonly into: number };
type Reading = { readonly do: 'read'; readonly pageSize: number; readonly meanwhile: readonly Event[]; readonly expires?: number; readonly breaks?: number };
type Late = { readonly do: 'late'; readonly edits: readonly Edit[]; readonly ms: number; readonly reading: Reading };
type Event = Edit | { readonly do: 'wait'; readonly ms: number } | { readonly do: 'begin' } | { readonly do: 'commit' } | { readonly do: 'cutLog' };

const who = fc.nat(6);
const edit = fc.oneof<fc.Arbitrary<Edit>[]>(
	fc.record({ do: fc.constant('insert' as const) }),
	fc.record({ do: fc.constantFrom('update' as const, 'update' as const, 'remove' as const, 'restore' as const, 'erase' as const), who }),
	fc.record({ do: fc.constant('merge' as const), who, into: who }),
);
/** Moments within a second, minutes within the lookback, hours and days beyond it. */
const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.oneof(fc.integer({ min: 1, max: 2_500 }), fc.integer({ min: 1, max: 15 }).map((count) => count * minute), fc.integer({ min: 1, max: 400 }).map((count) => count * 60 * minute)) });
const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 6, arbitrary: edit },
	{ weight: 3, arbitrary: wait },
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('begin' as const, 'commit' as const) }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'cutLog' as const }) },
);
const maybe = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined, freq: 4 });
const reading: fc.Arbitrary<Reading> = fc.record({ do: fc.constant('read' as const), pageSize: fc.integer({ min: 1, max: 4 }), meanwhile: fc.array(event, { maxLength: 4 }), expires: maybe(3), breaks: maybe(4) });
/** A save that a reading finds under way. */
const late: fc.Arbitrary<Late> = fc.record({ do: fc.constant('late' as const), edits: fc.array(edit, { minLength: 1, maxLength: 3 }), ms: fc.integer({ min: 1, max: longestSave }), reading });
const step: fc.Arbitrary<Event | Reading | Late> = fc.oneof({ weight: 3, arbitrary: event }, { weight: 1, arbitrary: reading }, { weight: 1, arbitrary: late });
const history = fc.array(step, { minLength: 2, maxLength: 30 });

let rig: Rig;
let now = Date.UTC(2026, 10, 22, 7);
beforeAll(async () => {
	rig = await openRig(() => now);
});
afterAll(() => rig.close());

/** An org that changes, in transactions of up to ten minutes too, and one who follows it by readings alone. */
class Follower {
	readonly mirror = new Map<string, string>();
	readonly mergedInto = new Map<string, string | undefined>();
	private cursor?: string;
	private breaks?: number;
	private save?: OpenSave;
	/** Records that the open transaction has changed, which nobody else can change before it ends. */
	private readonly locked = new Set<string>();
	private names = 0;
	private readonly adapter = rig.open({ tamper: async (request, answer) => (request.path !== '/services/data' && this.isBroken() ? { status: 502, headers: {}, text: '<html></html>' } : await answer()) });

	async tell(event: Event | Reading | Late): Promise<void> {
		if (event.do === 'read') await this.read(event).catch(() => undefined);
		else if (event.do === 'late') await this.saveLate(event);
		else this.happen(event);
	}

	/** What a reading that breaks off has shown stays shown; only one that came to its end moves on. */
	async read({ pageSize, meanwhile, expires, breaks }: Omit<Reading, 'do'>): Promise<void> {
		rig.org.limitPages(pageSize);
		const reader = readerOf(this.adapter);
		const until = await reader.upperBound();
		this.breaks = breaks;
		const waiting = [...meanwhile];
		const listed = new Set<string>();
		let [page, all] = [0, false];
		let cursor: string | undefined;
		for await (const { records, deleted, full, ...end } of reader.readChanges({ entity: 'Lead', select: ['LastName'], since: this.cursor, until })) {
			for (const { id, mergedInto } of deleted) this.forget(id, mergedInto);
			for (const { id, values } of records) this.mirror.set(id, String(values.LastName));
			for (const { id, stamp } of records) {
				listed.add(id);
				expect(Date.parse(stamp.split(' ')[0])).toBeLessThanOrEqual(Date.parse(until));
			}
			all ||= full;
			({ cursor } = end);
			for (const one of waiting.splice(0, 1)) this.happen(one);
			if ((page += 1) === expires) rig.org.expireCursors();
		}
		this.breaks = undefined;
		this.cursor = cursor ?? this.cursor;
		if (all) for (const id of this.mirror.keys()) if (!listed.has(id)) this.mirror.delete(id);
	}

	private async saveLate({ edits, ms, reading }: Late): Promise<void> {
		for (const one of [{ do: 'commit' as const }, { do: 'begin' as const }, ...edits, { do: 'wait' as const, ms: ms - 1 }]) this.happen(one);
		await this.tell(reading);
		this.commit();
	}

	end(): void {
		this.happen({ do: 'commit' });
	}

	private forget(id: string, mergedInto: string | undefined): void {
		this.mirror.delete(id);
		this.mergedInto.set(id, mergedInto);
	}

	private isBroken(): boolean {
		return this.breaks !== undefined && (this.breaks -= 1) < 0;
	}

	private happen(event: Event): void {
		if (event.do === 'wait') this.pass(event.ms);
		else if (event.do === 'begin') this.save ??= rig.org.beginSave();
		else if (event.do === 'commit') this.commit();
		else if (event.do === 'cutLog') this.cutLog();
		else this.edit(event);
	}

	private pass(ms: number): void {
		if (this.save && now + ms - this.save.beganAt > longestSave) this.commit();
		now += ms;
	}

	private commit(): void {
		this.save?.commit();
		this.save = undefined;
		this.locked.clear();
	}

	/** Nothing younger than two hours is ever cut, and nobody empties a bin that was not read. */
	private cutLog(): void {
		this.pass(2 * 60 * minute);
		this.commit();
		rig.org.forgetDeletions();
		now += 121 * minute;
	}

	private edit(event: Edit): void {
		const LastName = `N${(this.names += 1)}`;
		if (event.do === 'insert') (this.save ?? rig.org).insert('Lead', { LastName, Company: 'Acme' });
		else this.change(event, LastName);
	}

	private change(event: Exclude<Edit, { do: 'insert' }>, LastName: string): void {
		const rows = rig.org.rows('Lead').filter(({ Id, IsDeleted }) => (IsDeleted === true) === (event.do === 'restore') && !this.locked.has(String(Id)));
		const id = rows.length === 0 ? undefined : String(rows[event.who % rows.length].Id);
		if (id === undefined) return;
		if (event.do === 'restore') rig.org.update('Lead', id, { IsDeleted: false, MasterRecordId: null });
		else if (event.do === 'erase') rig.org.purge('Lead', id);
		else if (event.do === 'merge') this.merge(id, String(rows[event.into % rows.length].Id));
		else this.saving(id, event.do === 'remove' ? { IsDeleted: true } : { LastName });
	}

	private merge(id: string, into: string): void {
		if (id !== into) rig.org.remove('Lead', id, { mergedInto: into });
	}

	private saving(id: string, values: object): void {
		if (this.save) this.locked.add(id);
		(this.save ?? rig.org).update('Lead', id, { ...values });
	}
}

function rowsThatAre(deleted: boolean): readonly Readonly<Record<string, unknown>>[] {
	return rig.org.rows('Lead').filter(({ IsDeleted }) => IsDeleted === deleted);
}

test('who follows the readings has what the org has, whatever happens, however late it shows, and wherever pages end', async () => {
	await fc.assert(
		fc.asyncProperty(history, async (events) => {
			for (const { Id } of rig.org.rows('Lead')) rig.org.purge('Lead', String(Id));
			now += 60 * minute;
			const follower = new Follower();
			for (const one of events) await follower.tell(one);
			follower.end();
			// The log is exact to the minute.
			now += minute;
			await follower.read({ pageSize: 3, meanwhile: [] });
			expect(follower.mirror).toEqual(new Map(rowsThatAre(false).map(({ Id, LastName }) => [String(Id), String(LastName)])));
			const losers = rowsThatAre(true).filter(({ Id, MasterRecordId }) => MasterRecordId !== null && follower.mergedInto.has(String(Id)));
			expect(losers.map(({ Id }) => follower.mergedInto.get(String(Id)))).toEqual(losers.map(({ MasterRecordId }) => MasterRecordId));
		}),
		{ seed, numRuns },
	);
}, Math.max(120_000, numRuns * 1_500));
