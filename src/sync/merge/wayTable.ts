import type { Unsendable } from '../mapping/compiledMapping';
import type { BlankRule, Direction } from '../mapping/mapping';
import type { BaseChange, FieldDecision, HoldReason, Side, Travel } from './fieldDecision';
import type { FieldFacts } from './fieldFacts';

/** What may stand in the way of a value. */
export interface Way {
	readonly winner: Side;
	readonly facts: FieldFacts;
	readonly direction: Direction;
	readonly blank: BlankRule;
	/** A person decided for this value, so that rules about values no longer count. */
	readonly decided: boolean;
	/** `onlyOnCreate`, `notOnCreate`: the CRM takes the field only for new records, or only for existing ones. */
	readonly writable: 'yes' | 'onlyOnCreate' | 'notOnCreate';
	/** The CRM's record does not exist yet. */
	readonly creating: boolean;
	/** Why the receiving side cannot take the value. Asked only if nothing else stands in the way. */
	readonly obstacle: (winner: Side) => Unsendable | undefined;
	/** What is on its way to the app was sent just now. */
	readonly sentNow?: boolean;
	/** How many runs have sent this value to an app that shows what it showed then, and after how many a person is asked. */
	readonly tries: number;
	readonly mostTries: number;
}

/** One row: the first that fits decides. */
export interface WayRow {
	readonly travel: Travel;
	readonly when: (way: Way) => boolean;
	readonly then: { readonly action: FieldDecision['action']; readonly base: BaseChange; readonly held?: HoldReason };
}

const LEFT = { action: 'none', base: 'settle' } as const;
const WAITS = { action: 'none', base: 'keep' } as const;
const hold = (held: HoldReason) => ({ action: 'hold', base: 'keep', held }) as const;
const stoppedBy = (held: Unsendable['held']) => (way: Way) => way.obstacle(way.winner)?.held === held;
const toApp = ({ winner }: Way) => winner === 'crm';
const toCrm = ({ winner }: Way) => winner === 'app';

/** What becomes of the value that counts, on its way to the other side. */
export const WAYS: readonly WayRow[] = [
	{ travel: 'againstDirection', when: (way) => way.direction === (toApp(way) ? 'toCrm' : 'toApp'), then: LEFT },
	{ travel: 'onlyOnCreate', when: (way) => toCrm(way) && way.writable === 'onlyOnCreate' && !way.creating, then: LEFT },
	{ travel: 'notOnCreate', when: (way) => toCrm(way) && way.writable === 'notOnCreate' && way.creating, then: WAITS },
	{ travel: 'blankKept', when: ({ winner, facts, blank, decided }) => facts[winner] === 'blank' && blank === 'keep' && !decided, then: LEFT },
	{ travel: 'cannotBeEmpty', when: stoppedBy('cannotBeEmpty'), then: hold('cannotBeEmpty') },
	{ travel: 'doesNotFit', when: stoppedBy('doesNotFit'), then: hold('doesNotFit') },
	{ travel: 'noMapping', when: stoppedBy('noMapping'), then: hold('noMapping') },
	{ travel: 'awaited', when: (way) => toApp(way) && (way.sentNow ? way.facts.onItsWay : way.facts.sentBefore && way.facts.app === 'absent'), then: WAITS },
	{ travel: 'notShown', when: ({ tries, mostTries, decided }) => tries >= mostTries && !decided, then: hold('notShown') },
	{ travel: 'sentAgain', when: (way) => toApp(way) && way.facts.sentBefore, then: { action: 'toApp', base: 'await' } },
	{ travel: 'sent', when: toApp, then: { action: 'toApp', base: 'await' } },
	{ travel: 'sent', when: toCrm, then: { action: 'toCrm', base: 'settleWhenWritten' } },
];
