import fc from 'fast-check';
import type { HoldDecision } from '../../../src/model/syncHold';
import type { FieldRule } from '../../../src/sync/mapping/mapping';
import type { InputMode } from '../../../src/sync/run/syncTypes';
import type { WriteFault } from './ModelCrm';

/** Something that happens on one of the sides, or between them. `who` counts around the records there are. */
export type Event =
	| { readonly do: 'appAdd' | 'crmAdd'; readonly key: string | null }
	| { readonly do: 'crmAddLate'; readonly key: string; readonly delayMs: number }
	| { readonly do: 'submit'; readonly key: string }
	| { readonly do: 'appEdit' | 'crmEdit'; readonly who: number; readonly field: Field; readonly blank: boolean }
	| { readonly do: 'appKey' | 'crmKey'; readonly who: number; readonly key: string }
	| { readonly do: 'crmLate'; readonly who: number; readonly field: Field; readonly delayMs: number }
	| { readonly do: 'appRemove'; readonly who: number }
	| { readonly do: 'crmRemove' | 'crmRestore' | 'crmConvert' | 'hideRecord'; readonly who: number }
	| { readonly do: 'crmRemoveLate'; readonly who: number; readonly delayMs: number }
	| { readonly do: 'crmMerge'; readonly who: number; readonly into: number }
	| { readonly do: 'hide'; readonly field: string }
	| { readonly do: 'rule'; readonly id: string; readonly more: Partial<FieldRule> }
	| { readonly do: 'decide'; readonly who: number; readonly decision: HoldDecision }
	| { readonly do: 'confirm'; readonly who: number }
	| { readonly do: 'signIn' }
	| { readonly do: 'rekey' }
	| { readonly do: 'wait'; readonly ms: number }
	| { readonly do: 'run'; readonly run: RunEvent };

export interface RunEvent {
	readonly mode: InputMode;
	readonly pageSize: number;
	readonly repeats: boolean;
	readonly faults: readonly (WriteFault | undefined)[];
	readonly crashAt?: CrashAt;
	readonly quota?: number;
	readonly lost: readonly boolean[];
	/** A user edits a record just before a write. */
	readonly racing?: number;
	/** The CRM compares stamps in the moment of writing. */
	readonly compares: boolean;
	/** The whole list comes twice. */
	readonly twice: boolean;
	/** A push with some of the rows, beside the two-way runs. */
	readonly push: boolean;
}

/** The step at which a run dies, counted from 1; or by its name and how many times it came: `after write 1`. */
export type CrashAt = number | string;

export type Field = 'name' | 'phone' | 'email';
export const FIELDS: readonly Field[] = ['name', 'phone', 'email'];
export const CRM_FIELD: Readonly<Record<Field, string>> = { name: 'LastName', phone: 'Phone', email: 'Email' };

/** What may happen; the weights of what is left out are 0. */
export type Kinds = Partial<Record<Event['do'] | 'trouble' | 'crash', number>>;

export const QUIET: Kinds = { appAdd: 3, crmAdd: 3, appEdit: 6, crmEdit: 6, wait: 1, run: 6 };
export const LIVELY: Kinds = { ...QUIET, appKey: 2, crmKey: 2, appRemove: 1, crmRemove: 1, crmRestore: 1, crmMerge: 1, crmConvert: 1, submit: 1, confirm: 1, decide: 1 };
export const ROUGH: Kinds = { ...LIVELY, crmLate: 1, crmAddLate: 1, crmRemoveLate: 1, hide: 1, hideRecord: 1, rule: 1, signIn: 1, rekey: 1, trouble: 1, crash: 1 };

const key = fc.constantFrom('k1@x.com', 'k2@x.com', 'K2@X.com', 'k3@x.com', ' k4@x.com ', 'k5@x.com');
const who = fc.nat(9);
const field = fc.constantFrom<Field>('name', 'phone');
const blank = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const minutes = (most: number) => fc.integer({ min: 1, max: most }).map((n) => n * 60_000);
const fault = fc.constantFrom<(WriteFault | undefined)[]>(undefined, undefined, undefined, 'refused', 'duplicate', 'lostBefore', 'lostAfter', 'lostLater', 'failedBefore', 'failedAfter', 'throttled');
const rule = fc.constantFrom<{ readonly id: string; readonly more: Partial<FieldRule> }[]>(
	...['phone', 'note', 'size'].flatMap((id) => [true, false].map((enabled) => ({ id, more: { enabled } }))),
	...(['preferApp', 'hold'] as const).map((conflict) => ({ id: 'phone', more: { conflict } })),
	...(['trim', 'upper'] as const).map((kind) => ({ id: 'note', more: { transform: { kind } } })),
);

function runEvent({ trouble = 0, crash = 0 }: Kinds): fc.Arbitrary<RunEvent> {
	const some = <T>(arbitrary: fc.Arbitrary<T>, wanted: number) => (wanted > 0 ? fc.option(arbitrary, { nil: undefined, freq: 2 }) : fc.constant(undefined));
	return fc.record({
		mode: fc.constantFrom<InputMode[]>('all', 'all', 'changed', 'events'),
		pageSize: fc.constantFrom(1, 2, 50),
		repeats: fc.boolean(),
		faults: trouble > 0 ? fc.oneof(fc.constant([]), fc.array(fault, { maxLength: 4 })) : fc.constant([]),
		crashAt: some(fc.integer({ min: 1, max: 12 }), crash),
		quota: some(fc.integer({ min: 0, max: 8 }), trouble),
		lost: trouble > 0 ? fc.oneof(fc.constant([]), fc.array(fc.boolean(), { maxLength: 3 })) : fc.constant([]),
		racing: some(who, trouble),
		compares: fc.boolean(),
		twice: trouble > 0 ? blank : fc.constant(false),
		push: trouble > 0 ? blank : fc.constant(false),
	});
}

/** Histories of events of these kinds. */
export function histories(kinds: Kinds, { minLength = 1, maxLength = 14 } = {}): fc.Arbitrary<readonly Event[]> {
	const delayMs = minutes(60);
	const named = <T extends Event['do']>(name: T) => fc.constant(name);
	const all: Record<Event['do'], fc.Arbitrary<Event>> = {
		appAdd: fc.record({ do: named('appAdd'), key: fc.oneof({ weight: 9, arbitrary: key }, fc.constant(null)) }),
		crmAdd: fc.record({ do: named('crmAdd'), key: fc.oneof({ weight: 9, arbitrary: key }, fc.constant(null)) }),
		crmAddLate: fc.record({ do: named('crmAddLate'), key, delayMs }),
		submit: fc.record({ do: named('submit'), key }),
		appEdit: fc.record({ do: named('appEdit'), who, field, blank }),
		crmEdit: fc.record({ do: named('crmEdit'), who, field, blank }),
		appKey: fc.record({ do: named('appKey'), who, key }),
		crmKey: fc.record({ do: named('crmKey'), who, key }),
		crmLate: fc.record({ do: named('crmLate'), who, field, delayMs }),
		appRemove: fc.record({ do: named('appRemove'), who }),
		crmRemove: fc.record({ do: named('crmRemove'), who }),
		crmRemoveLate: fc.record({ do: named('crmRemoveLate'), who, delayMs }),
		crmRestore: fc.record({ do: named('crmRestore'), who }),
		crmMerge: fc.record({ do: named('crmMerge'), who, into: who }),
		crmConvert: fc.record({ do: named('crmConvert'), who }),
		hideRecord: fc.record({ do: named('hideRecord'), who }),
		hide: fc.record({ do: named('hide'), field: fc.constantFrom('Phone', 'NumberOfEmployees', 'LastName', '') }),
		rule: rule.map((changed) => ({ do: 'rule' as const, ...changed })),
		decide: fc.record({ do: named('decide'), who, decision: fc.constantFrom<HoldDecision[]>('useApp', 'useCrm', 'release') }),
		confirm: fc.record({ do: named('confirm'), who }),
		signIn: fc.record({ do: named('signIn') }),
		rekey: fc.record({ do: named('rekey') }),
		wait: fc.record({ do: named('wait'), ms: fc.oneof(minutes(30), minutes(60 * 24 * 20)) }),
		run: fc.record({ do: named('run'), run: runEvent(kinds) }),
	};
	const drawn = (Object.keys(all) as Event['do'][]).flatMap((name) => (kinds[name] ? [{ weight: kinds[name], arbitrary: all[name] }] : []));
	return fc.array(fc.oneof(...drawn), { minLength, maxLength, size: 'max' });
}
