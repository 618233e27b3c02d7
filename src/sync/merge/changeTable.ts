import type { ConflictPolicy } from '../mapping/mapping';
import type { Reason, Side } from './fieldDecision';
import type { FieldFacts } from './fieldFacts';
import type { Recency } from './recency';

/** Whose value counts; or both stay as they are: `keep` leaves the base alone too, `settle` takes what is shown for settled. */
export type Verdict = Side | 'keep' | 'settle' | 'hold';

/** What decides a field beside what it shows. */
export interface Choices {
	readonly conflict: ConflictPolicy;
	readonly firstMatch: ConflictPolicy;
	readonly recency: Recency;
	/** What a person decided about exactly these values. */
	readonly person?: Side | 'leave';
}

/** One row: the first that fits decides. */
export interface ChangeRow {
	readonly reason: Reason;
	readonly when: (facts: FieldFacts, choices: Choices) => boolean;
	readonly then: Verdict | ((facts: FieldFacts, choices: Choices) => Verdict);
}

const oneIsAbsent = ({ app, crm }: FieldFacts) => app === 'absent' || crm === 'absent';

/** What changed, and whose value counts. */
export const CHANGES: readonly ChangeRow[] = [
	{ reason: 'nothingToCompare', when: (facts) => facts.base !== 'known' && oneIsAbsent(facts), then: 'keep' },
	{ reason: 'crmNotRead', when: ({ appChanged, crm, underWay }) => appChanged && underWay && crm === 'absent', then: 'keep' },
	{ reason: 'delivered', when: ({ delivered, crmChanged }) => delivered && !crmChanged, then: 'settle' },
	{ reason: 'takenBack', when: ({ takenBack }) => takenBack, then: 'crm' },
	{ reason: 'unchanged', when: ({ base, appChanged, crmChanged }) => base === 'known' && !appChanged && !crmChanged, then: 'keep' },
	{ reason: 'adopted', when: ({ base, same }) => base !== 'known' && same, then: 'settle' },
	{ reason: 'agreed', when: ({ same }) => same, then: 'settle' },
	{ reason: 'personDecided', when: (facts, { person }) => person !== undefined && !oneIsAbsent(facts), then: (_, { person }) => (person === 'leave' ? 'settle' : person!) },
	{ reason: 'baseLost', when: ({ base }) => base === 'lost', then: 'hold' },
	{ reason: 'filledApp', when: ({ base, app }) => base === 'none' && app === 'blank', then: 'crm' },
	{ reason: 'filledCrm', when: ({ base, crm }) => base === 'none' && crm === 'blank', then: 'app' },
	{ reason: 'firstMatch', when: ({ base }) => base === 'none', then: (facts, choices) => POLICIES[choices.firstMatch](facts, choices) },
	{ reason: 'cameFromApp', when: ({ crmChanged }) => !crmChanged, then: 'app' },
	{ reason: 'cameFromCrm', when: ({ appChanged }) => !appChanged, then: 'crm' },
	{ reason: 'conflict', when: () => true, then: (facts, choices) => POLICIES[choices.conflict](facts, choices) },
];

/** Whose of two different values counts. */
export const POLICIES: Readonly<Record<ConflictPolicy, (facts: FieldFacts, choices: Choices) => Verdict>> = {
	preferCrm: () => 'crm',
	preferApp: () => 'app',
	mostRecent: (_, { recency }) => (recency === 'app' ? 'app' : 'crm'),
	fillBlanks: ({ app, crm }) => (app === 'blank' ? 'crm' : crm === 'blank' ? 'app' : 'settle'),
	hold: () => 'hold',
};
