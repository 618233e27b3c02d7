import fc from 'fast-check';
import type { AuthorizedHttp } from '../../../src/model/authorizedHttp';
import { sessionHttp } from '../../conformance/sessionHttp';
import { readerOf } from '../changesReading';
import { openRig, type Rig } from './rig';

const seed = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
const numRuns = Number(process.env.FC_RUNS ?? 60);
const minute = 60_000;

type Edit = { readonly do: 'insert' } | { readonly do: 'update' | 'remove'; readonly who: number };
type Event = Edit | { readonly do: 'wait'; readonly minutes: number } | { readonly do: 'expire' } | { readonly do: 'read'; readonly pageSize: number; readonly meanwhile: readonly Edit[]; readonly breaksAt?: number };

const who = fc.nat(5);
const edit = fc.oneof<fc.Arbitrary<Edit>[]>(
	fc.record({ do: fc.constant('insert' as const) }),
	fc.record({ do: fc.constantFrom('update' as const, 'update' as const, 'remove' as const), who }),
);
const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 6, arbitrary: edit },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3_000 }) }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant('read' as const), pageSize: fc.integer({ min: 1, max: 4 }), meanwhile: fc.array(edit, { maxLength: 4 }), breaksAt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 4 }) }),
	},
);
const history = fc.array(event, { minLength: 2, maxLength: 25 });

let rig: Rig;
let now = Date.UTC(2026, 10, 22, 7);
beforeAll(async () => {
	rig = await openRig({ now: () => now });
});
afterAll(() => rig.close());

/** An environment whose edits are followed by readings alone. */
class Follower {
	readonly mirror = new Map<string, string>();
	private cursor?: string;
	private pageSize = 1;
	private breaksAt?: number;
	private names = 0;
	private readonly adapter = rig.open({ http: this.http() });

	async tell(event: Event): Promise<void> {
		if (event.do === 'read') await this.read(event).catch(() => undefined);
		else if (event.do === 'wait') now += event.minutes * minute;
		else if (event.do === 'expire') rig.env.expireDeltaLinks();
		else this.edit(event);
	}

	/** What a reading that breaks off has shown stays shown; only one that came to its end moves on. */
	async read({ pageSize, meanwhile, breaksAt }: Pick<Event & { do: 'read' }, 'pageSize' | 'meanwhile' | 'breaksAt'>): Promise<void> {
		Object.assign(this, { pageSize, breaksAt });
		const waiting = [...meanwhile];
		const listed = new Set<string>();
		let all = false;
		let cursor: string | undefined;
		for await (const page of readerOf(this.adapter).readChanges({ entity: 'lead', select: ['lastname'], since: this.cursor, until: 'now' })) {
			for (const { id, values } of page.records) this.mirror.set(id, String(values.lastname));
			for (const { id } of page.deleted) this.mirror.delete(id);
			for (const { id } of page.records) listed.add(id);
			all ||= page.full;
			({ cursor } = page);
			for (const one of waiting.splice(0, 1)) this.edit(one);
		}
		this.cursor = cursor ?? this.cursor;
		if (all) for (const id of this.mirror.keys()) if (!listed.has(id)) this.mirror.delete(id);
	}

	private edit(event: Edit): void {
		const rows = rig.env.rows('lead');
		const row = event.do === 'insert' ? undefined : rows[event.who % Math.max(1, rows.length)];
		const lastname = `N${(this.names += 1)}`;
		if (event.do === 'insert') rig.env.insert('lead', { lastname });
		else if (row && event.do === 'update') rig.env.update('lead', String(row.leadid), { lastname });
		else if (row) rig.env.remove('lead', String(row.leadid));
	}

	private http(): AuthorizedHttp {
		const session = sessionHttp({ origin: rig.env.url, issue: () => rig.env.issueToken() });
		return {
			send: async (request) => {
				const prefer = request.headers?.prefer?.replace('maxpagesize=5000', `maxpagesize=${this.pageSize}`);
				if (prefer !== undefined && this.breaksAt !== undefined && (this.breaksAt -= 1) <= 0) return { status: 502, headers: {}, text: '<html></html>' };
				return await session.send({ ...request, headers: { ...request.headers, ...(prefer === undefined ? {} : { prefer }) } });
			},
		};
	}
}

function present(): ReadonlyMap<string, string> {
	return new Map(rig.env.rows('lead').map((row) => [String(row.leadid), String(row.lastname)]));
}

describe.each([[true], [false]])('change tracking: %s', (tracked) => {
	test('who follows the readings has what the environment has, whatever happens and wherever pages end', async () => {
		await fc.assert(
			fc.asyncProperty(history, async (events) => {
				for (const { leadid } of rig.env.rows('lead')) rig.env.remove('lead', String(leadid));
				rig.env.setChangeTracking('lead', tracked);
				const follower = new Follower();
				for (const one of events) await follower.tell(one);
				await follower.read({ pageSize: 3, meanwhile: [] });
				const there = present();
				const living = [...follower.mirror].filter(([id]) => tracked || there.has(id));
				expect(new Map(living)).toEqual(there);
			}),
			{ seed, numRuns },
		);
	}, Math.max(120_000, numRuns * 1_000));
});
