import type { CrmRecord } from '../../../src/model/record';
import { lead } from '../entities';
import { MemoryCrm } from '../memoryCrm';
import { push, type Input } from '../pushing';

const MANY = 50_000;
const filled: Input = {
	LastName: 'Lovelace',
	Company: 'Acme',
	Phone: '+43 1 234',
	Industry: 'media',
	Interests__c: 'Offers;News',
	AnnualRevenue: '1234.567',
	ContactedAt__c: '2026-03-04T10:00:00+05:45',
	Birthday__c: '2001-02-03',
	HasOptedOut: 'no',
};

/** Finds nothing and takes everything: what is measured is the engine, not the CRM. */
class SilentCrm extends MemoryCrm {
	private created = 0;
	override async *match(): AsyncGenerator<never> {
		this.calls.push('match');
		yield* [];
	}
	override write({ mutations }: Parameters<MemoryCrm['write']>[0]) {
		this.calls.push('write');
		return Promise.resolve(mutations.map(() => ({ status: 'applied' as const, id: `00Q${String(++this.created).padStart(12, '0')}AAA` })));
	}
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

test('50,000 items take seconds, and one search and one write a page', async () => {
	const crm = new SilentCrm();
	const inputs = Array.from({ length: MANY }, (_, at) => ({ Email: `p${at}@x.com`, ...filled }));
	expect(await timed(() => push(crm, inputs))).toBeLessThan(20);
	expect([crm.count('match'), crm.count('write')]).toEqual([50, 50]);
}, 60_000);

test.each<[string, 'upsert' | 'create', Input]>([
	['update one record', 'upsert', {}],
	['are refused after the first', 'create', {}],
	['can never create it', 'upsert', { Company: '' }],
])('50,000 items of one key that %s take linear time in one page', async (_case, mode, more) => {
	const crm = new SilentCrm();
	const inputs = Array.from({ length: MANY }, (_, at) => ({ Email: 'one@x.com', ...filled, Phone: String(at), ...more }));
	expect(await timed(() => push(crm, inputs, { mode, pageSize: MANY }))).toBeLessThan(20);
	expect(crm.count('write')).toBeLessThanOrEqual(2);
}, 60_000);

test('items of one key that the CRM keeps refusing cost a bounded number of writes', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'one@x.com', LastName: 'A', Company: 'Acme' });
	crm.fault = () => 'refused';
	const results = await push(crm, Array.from({ length: 5_000 }, (_, at) => ({ Email: 'one@x.com', Phone: String(at) })));
	expect(results.every(({ status }) => status === 'refused')).toBe(true);
	expect(results).toHaveLength(5_000);
	expect(crm.count('write')).toBeLessThan(5 * 60);
}, 60_000);

test('a list of 1,000 choices is not searched from its beginning for every item', async () => {
	const picklist = Array.from({ length: 1_000 }, (_, at) => ({ value: `C${at}`, label: `Country ${at}` }));
	const description = { ...lead, fields: lead.fields.map((field) => (field.name === 'Industry' ? { ...field, picklist } : field)) };
	const inputs = Array.from({ length: MANY }, (_, at) => ({ Email: `p${at}@x.com`, LastName: 'L', Company: 'Acme', Industry: `COUNTRY ${at % 1_000}` }));
	expect(await timed(() => push(new SilentCrm([description]), inputs, { description }))).toBeLessThan(20);
}, 60_000);

test('10,000 records of one key are all named, and none is written', async () => {
	const crm = new MemoryCrm();
	const open: CrmRecord[] = Array.from({ length: 10_000 }, (_, at) => ({ entity: 'Lead', id: `00Q${at}`, values: { Email: 'one@x.com' } }));
	crm.match = async function* () {
		yield { query: 0, records: open };
	};
	const [result] = await push(crm, [{ Email: 'one@x.com', LastName: 'A' }]);
	expect([result.status, result.candidates.length, crm.count('write')]).toEqual(['needsAttention', 10_000, 0]);
});
