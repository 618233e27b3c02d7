import type { CrmRecord } from '../../../src/model/record';
import { decideMatch, type Decision, type Matches } from '../../../src/sync/push/decideMatch';
import type { ConvertedPolicy, TargetPolicy, WriteMode } from '../../../src/sync/push/pushTypes';
import { defaults } from '../pushing';

const nouns = { entity: 'Lead', entities: 'Leads', target: 'Contact', targets: 'Contacts', converted: 'converted', matchField: 'Email' };
const record = (entity: string, id: string): CrmRecord => ({ entity, id, values: {} });
const became = (lead: string, contact?: string) => ({ record: record('Lead', lead), ...(contact && { target: { entity: 'Contact', id: contact } }) });

const open = { none: [], one: [record('Lead', 'L1')], several: [record('Lead', 'L1'), record('Lead', 'L2')] };
const converted = { none: [], one: [became('L8', 'C1')], same: [became('L8', 'C1'), became('L9', 'C1')], several: [became('L8', 'C1'), became('L9', 'C2')], lost: [became('L8')] };
const targets = { none: [], one: [record('Contact', 'C1')], other: [record('Contact', 'C3')], several: [record('Contact', 'C1'), record('Contact', 'C3')] };

interface State {
	readonly open: keyof typeof open;
	readonly converted: keyof typeof converted;
	readonly targets: keyof typeof targets;
	readonly mode: WriteMode;
	readonly convertedPolicy: ConvertedPolicy;
	readonly targetPolicy: TargetPolicy;
}

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

/** Every row of the table, under every mode and policy. */
const states: State[] = keys(open).flatMap((o) =>
	keys(converted).flatMap((c) =>
		keys(targets).flatMap((t) =>
			(['upsert', 'create', 'update'] as const).flatMap((mode) =>
				(['needsAttention', 'updateTarget'] as const).flatMap((convertedPolicy) =>
					(['needsAttention', 'create', 'skip', 'updateTarget'] as const).map((targetPolicy) => ({ open: o, converted: c, targets: t, mode, convertedPolicy, targetPolicy })),
				),
			),
		),
	),
);

/** The table of docs/sync-rules.md once more, in the fewest words. */
function oracle(state: State): string {
	const absent = state.mode === 'update' ? 'refuse' : 'create';
	if (state.open === 'several') return 'ask';
	if (state.open === 'one') return state.mode === 'create' ? 'refuse' : 'update L1';
	if (state.converted !== 'none') {
		const clear = (state.converted === 'one' || state.converted === 'same') && (state.targets === 'none' || state.targets === 'one');
		return state.convertedPolicy === 'updateTarget' && clear ? 'updateTarget C1' : 'ask';
	}
	if (state.targets === 'none' || state.targetPolicy === 'create') return absent;
	if (state.targetPolicy === 'skip') return 'skip';
	if (state.targetPolicy === 'needsAttention' || state.targets === 'several') return 'ask';
	return `updateTarget ${state.targets === 'one' ? 'C1' : 'C3'}`;
}

function decided(state: State): Decision {
	const matches: Matches = { open: open[state.open], converted: converted[state.converted], targets: targets[state.targets] };
	return decideMatch(matches, { ...defaults, mode: state.mode, converted: state.convertedPolicy, target: state.targetPolicy }, nouns);
}

function told(decision: Decision): string {
	if (decision.do === 'update') return `update ${decision.record.id}`;
	return decision.do === 'updateTarget' ? `updateTarget ${decision.target.id}` : decision.do;
}

test(`${states.length} states are decided as the table says`, () => {
	for (const state of states) expect({ state, decision: told(decided(state)) }).toEqual({ state, decision: oracle(state) });
});

test('whoever is asked gets every candidate once, a reason and a remedy', () => {
	for (const state of states) {
		const decision = decided(state);
		if (decision.do !== 'ask') continue;
		const ids = decision.candidates.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(0);
		expect(decision.problem.reason).toMatch(/\.$/);
		expect(decision.problem.remedy).toMatch(/\.$/);
	}
});

test.each<[Partial<State>, string, string[]]>([
	[{ open: 'several' }, '2 Leads have this Email; it is not clear which one is meant.', ['L1', 'L2']],
	[{ open: 'one', mode: 'create' }, 'There already is a Lead with this Email.', ['L1']],
	[{ mode: 'update' }, 'No Lead has this Email.', []],
	[{ converted: 'one' }, 'The Lead with this Email was converted to a Contact; converted Leads are not written.', ['C1', 'L8']],
	[{ converted: 'lost' }, 'The Lead with this Email was converted; converted Leads are not written.', ['L8']],
	[{ converted: 'several' }, 'Leads with this Email were converted to 2 Contacts; it is not clear which one is meant.', ['C1', 'C2', 'L8', 'L9']],
	[{ converted: 'one', targets: 'other', convertedPolicy: 'updateTarget' }, 'The Lead with this Email was converted to a Contact, but another Contact has it too; it is not clear which one is meant.', ['C1', 'C3', 'L8']],
	[{ targets: 'one' }, 'This Email already belongs to a Contact.', ['C1']],
	[{ targets: 'several' }, 'This Email already belongs to 2 Contacts.', ['C1', 'C3']],
	[{ targets: 'one', targetPolicy: 'skip' }, 'This Email already belongs to a Contact.', ['C1']],
])('%j says: %s', (part, reason, ids) => {
	const state: State = { open: 'none', converted: 'none', targets: 'none', mode: 'upsert', convertedPolicy: 'needsAttention', targetPolicy: 'needsAttention', ...part };
	const decision = decided(state);
	expect('problem' in decision && [decision.problem.reason, decision.candidates.map(({ id }) => id)]).toEqual([reason, ids]);
});

test('a record that was closed without becoming another says in which state it is', () => {
	const closed = { ...became('L8'), state: 'Disqualified' };
	const problems = [[closed], [closed, { ...became('L9'), state: 'Canceled' }], [closed, became('L9', 'C1')]].map((all) => {
		const decision = decideMatch({ open: [], converted: all, targets: [] }, defaults, nouns);
		return 'problem' in decision ? decision.problem.reason : decision.do;
	});
	expect(problems).toEqual([
		'The Lead with this Email is read-only, because its state is Disqualified.',
		'The Lead with this Email is read-only, because its state is Disqualified or Canceled.',
		'The Lead with this Email was converted to a Contact; converted Leads are not written.',
	]);
});
