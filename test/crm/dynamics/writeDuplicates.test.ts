import { changedLead, newLead, openRig, plainOptions, written, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
	rig.env.setDuplicateRule('lead', ['emailaddress1']);
});
afterEach(() => rig.close());

const many = (count: number) => Array.from({ length: count }, (_, at) => newLead(`P${at}`, { emailaddress1: `p${at}@example.com` }));
const savedAnyway = { ...plainOptions, saveDespiteDuplicateAlert: true };

async function seen() {
	const adapter = rig.open();
	await adapter.describe('lead');
	rig.env.calls.reset();
	return adapter;
}

test('where duplicate rules are asked, each record is written as Microsoft documents it, in an operation of its own', async () => {
	const adapter = await seen();
	expect(new Set(await written(adapter, many(1_000)))).toEqual(new Set(['applied']));
	expect(rig.env.calls.byKind).toEqual({ batch: 5 });
	expect(new Set(rig.env.calls.log.flatMap(({ operations }) => operations.map(({ headers }) => headers['mscrm.suppressduplicatedetection'])))).toEqual(new Set(['false']));
	expect(await written(adapter, [...many(3), newLead('New', { emailaddress1: 'new@example.com' })])).toEqual(['refused conflict 0x80040333', 'refused conflict 0x80040333', 'refused conflict 0x80040333', 'applied']);
});

test('updates are held against the rules too', async () => {
	const ids = ['a', 'b', 'c'].map((name) => String(rig.env.insert('lead', { lastname: name, emailaddress1: `${name}@example.com` }).leadid));
	const updates = [changedLead(ids[1], { emailaddress1: 'a@example.com' }), changedLead(ids[2], { jobtitle: 'x' })];
	expect(await written(await seen(), updates)).toEqual(['refused conflict 0x80040333', 'applied']);
});

test('where records are saved despite the rules, or no rules work for the table, they go as bulk messages that say nothing of rules', async () => {
	const adapter = await seen();
	expect(new Set(await written(adapter, [...many(3), ...many(3)], savedAnyway))).toEqual(new Set(['applied']));
	rig.env.setDuplicateRule('lead', null);
	expect(await written(await seenAgain(), many(3))).toEqual(['applied', 'applied', 'applied']);
	const bulk = rig.env.calls.log.filter(({ kind }) => kind === 'multiple');
	expect(bulk.map(({ headers }) => headers['mscrm.suppressduplicatedetection'])).toEqual([undefined]);
});

async function seenAgain() {
	expect(rig.env.calls.byKind).toEqual({ multiple: 1 });
	return await seen();
}

test('a table of which nobody says whether rules work is written row by row', async () => {
	const adapter = rig.open({
		tamper: async (request, answer) => {
			const given = await answer();
			return request.body?.includes('EntityDefinitions') ? { ...given, text: given.text.replace('"IsDuplicateDetectionEnabled"', '"Other"') } : given;
		},
	});
	await adapter.describe('lead');
	rig.env.calls.reset();
	expect(await written(adapter, many(3))).toEqual(['applied', 'applied', 'applied']);
	expect(rig.env.calls.byKind).toEqual({ batch: 1 });
});
