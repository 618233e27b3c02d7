import fc from 'fast-check';
import type { CrmValue } from '../../../src/model/record';
import type { PushSettings } from '../../../src/sync/push/pushTypes';
import { MemoryCrm, type Fault } from '../memoryCrm';
import type { Input } from '../pushing';

/** What the CRM holds, what the workflow sends, and how the node is set. */
export interface World {
	readonly rows: readonly SeedRow[];
	readonly inputs: readonly Input[];
	readonly settings: Partial<PushSettings>;
	readonly pageSize: number;
}

interface SeedRow {
	readonly entity: 'Lead' | 'Contact';
	readonly values: Record<string, CrmValue>;
	readonly converted: boolean;
}

const KEYS = ['ada@x.com', 'bob@x.com', 'eve@x.com', 'joe@x.com'];
const spelled = (key: string) => fc.constantFrom(key, key.toUpperCase(), ` ${key} `);
const email = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...KEYS).chain(spelled) }, fc.constantFrom(' ', null, 'not an address'));
const blank = fc.constantFrom('', '  ', null);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Values that the fields take, blanks, and now and then one that they do not. */
const input: fc.Arbitrary<Input> = fc.record({
	Email: email,
	LastName: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('Ada', 'Bob', 'ada ') }, blank),
	Company: fc.oneof({ weight: 8, arbitrary: fc.constant('Acme') }, blank),
	Phone: some(fc.oneof(fc.constantFrom('1', '2', 3), blank)),
	AnnualRevenue: some(fc.oneof(fc.constantFrom(1.005, '12.3', 1e6, '1,5'), blank)),
	Industry: some(fc.constantFrom('Energy', 'media', 'Retail (label)', '', 'Nonsense')),
	HasOptedOut: some(fc.constantFrom(true, 'no', 1, '', null)),
	Birthday__c: some(fc.constantFrom('2001-02-03', '2001-02-04', '03/04/2001', null)),
	ContactedAt__c: some(fc.constantFrom('2026-03-29T02:30:00', '2026-01-01T10:00:00.123Z', '2026-01-01T11:00:00+01:00', '')),
	Interests__c: some(fc.constantFrom('Offers;News', 'News', '')),
	Source__c: some(fc.constantFrom('Web', 'Fair')),
});

const stored = fc.record({ LastName: fc.constantFrom('Ada', 'Old'), Phone: fc.constantFrom(null, '1', '9'), AnnualRevenue: fc.constantFrom(null, 1.01), HasOptedOut: fc.boolean() });

const seedRow: fc.Arbitrary<SeedRow> = fc.record({
	entity: fc.constantFrom('Lead' as const, 'Lead' as const, 'Contact' as const),
	values: fc.tuple(fc.constantFrom(...KEYS), stored).map(([Email, values]) => ({ Email, ...values })),
	converted: fc.boolean(),
});

const settings: fc.Arbitrary<Partial<PushSettings>> = fc.record({
	mode: fc.constantFrom('upsert', 'upsert', 'create', 'update'),
	emptyValues: fc.constantFrom('leave', 'clear'),
	converted: fc.constantFrom('needsAttention', 'updateTarget'),
	target: fc.constantFrom('needsAttention', 'create', 'skip', 'updateTarget'),
});

export const worlds: fc.Arbitrary<World> = fc.record({
	rows: fc.array(seedRow, { maxLength: 4 }),
	inputs: fc.array(input, { minLength: 1, maxLength: 8 }),
	settings,
	pageSize: fc.integer({ min: 1, max: 9 }),
});

/** Faults of the writes, in their order; after the last one all is well. */
export const faults: fc.Arbitrary<readonly (Fault | undefined)[]> = fc.array(
	fc.constantFrom<(Fault | undefined)[]>(undefined, undefined, 'refused', 'lostBefore', 'lostAfter', 'failedBefore', 'failedAfter', 'throttled', 'auth', 'down'),
	{ maxLength: 12 },
);

/** A CRM that holds the rows of the world; a converted lead became the first contact, or one that is gone. */
export function crmOf({ rows }: Pick<World, 'rows'>): MemoryCrm {
	const crm = new MemoryCrm();
	for (const { values } of rows.filter(({ entity }) => entity === 'Contact')) crm.add('Contact', contactOf(values));
	const became = crm.rows[0]?.id ?? '003000000000999AAA';
	for (const { values, converted } of rows.filter(({ entity }) => entity === 'Lead')) {
		crm.add('Lead', { Company: 'Acme', ...values, IsConverted: converted, ConvertedContactId: converted ? became : null });
	}
	return crm;
}

function contactOf({ Email, LastName, Phone }: Record<string, CrmValue>): Record<string, CrmValue> {
	return { Email, LastName, Phone };
}

/** Everything that the CRM holds, whatever the ids are. */
export function stateOf(crm: MemoryCrm): string[] {
	return crm.rows.map(({ entity, values }) => JSON.stringify([entity, values])).sort();
}

/** Lets the faults happen one after the other. */
export function inject(crm: MemoryCrm, planned: readonly (Fault | undefined)[]): void {
	const queue = [...planned];
	crm.fault = () => queue.shift();
}
