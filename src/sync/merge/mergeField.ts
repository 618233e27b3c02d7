import type { ConflictPolicy, FieldRule } from '../mapping/mapping';
import { CHANGES, type Choices } from './changeTable';
import type { FieldDecision, HoldReason, Reason, Side } from './fieldDecision';
import { factsOf, isKnown, type FieldFacts, type FieldState } from './fieldFacts';
import type { Recency } from './recency';
import { WAYS, type Way } from './wayTable';

/** After so many runs in vain nothing is sent to the app by itself any more: no value, no new record, no deletion. A person is asked. */
export const MOST_TRIES = 3;

/** What decides a field beside its row and what both sides show. */
export interface FieldContext {
	readonly firstMatch: ConflictPolicy;
	readonly recency: Recency;
	/** What a person decided about exactly these values. */
	readonly person?: Side | 'leave';
	readonly writable: Way['writable'];
	readonly creating: boolean;
	readonly obstacle: Way['obstacle'];
	readonly sentNow?: Way['sentNow'];
}

/**
 * Decides about one field of one linked pair: the table of changes says whose value counts, the table of ways what becomes of it.
 * Pure; the same field always gets the same decision.
 */
export function mergeField(rule: Pick<FieldRule, 'direction' | 'conflict' | 'blank'>, state: FieldState, context: FieldContext): FieldDecision {
	const facts = factsOf(state);
	const choices: Choices = { conflict: rule.conflict, firstMatch: context.firstMatch, recency: context.recency, person: context.person };
	const row = CHANGES.find(({ when }) => when(facts, choices))!;
	const verdict = typeof row.then === 'function' ? row.then(facts, choices) : row.then;
	const said = { reason: row.reason, ...policyOf(row.reason, choices), tries: 0 };
	if (verdict === 'keep') return { ...said, action: 'none', base: 'keep', reported: false };
	if (verdict === 'settle') return { ...said, action: 'none', base: 'settle', reported: said.policy !== undefined };
	if (verdict === 'hold') return { ...said, action: 'hold', held: row.reason as HoldReason, base: 'keep', reported: true };
	return goOver({ ...said, winner: verdict }, facts, { rule, state, context });
}

function policyOf(reason: Reason, { conflict, firstMatch }: Choices): { policy?: ConflictPolicy } {
	if (reason === 'conflict') return { policy: conflict };
	return reason === 'firstMatch' ? { policy: firstMatch } : {};
}

function goOver(
	said: Pick<FieldDecision, 'reason' | 'policy' | 'tries'> & { readonly winner: Side },
	facts: FieldFacts,
	{ rule, state, context }: { rule: Pick<FieldRule, 'direction' | 'blank'>; state: FieldState; context: FieldContext },
): FieldDecision {
	const tries = facts.sentBefore && isKnown(state.base) ? (state.base.pending?.tries ?? 0) : 0;
	const { winner, reason, policy } = said;
	const way: Way = { ...context, ...rule, winner, facts, tries, decided: reason === 'personDecided', mostTries: MOST_TRIES };
	const { travel, then } = WAYS.find(({ when }) => when(way))!;
	const reported = then.action === 'hold' || policy !== undefined || (then.base === 'settle' && !isFilling(reason));
	return { ...said, ...then, travel, reported, tries: then.action === 'toApp' ? nextTry(way) : 0 };
}

/** A blank that stays blank is nobody's edit. */
function isFilling(reason: Reason): boolean {
	return reason === 'filledApp' || reason === 'filledCrm';
}

/** A person who asks for it again starts the count again. */
function nextTry({ tries, decided }: Way): number {
	return decided ? 1 : tries + 1;
}
