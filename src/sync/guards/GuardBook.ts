import type { GuardCount, SyncBatch } from '../../model/syncState';
import type { DonePlan } from '../journal/donePlan';
import type { RecordPlan } from '../plan/recordPlan';
import type { Halt } from '../run/syncRun';
import type { Guard, SyncSettings } from '../run/syncTypes';

const KINDS = ['updates', 'deletions'] as const;

/** So many records at most are named as examples. */
const MOST_EXAMPLES = 5;

/**
 * Counts what a run changes and closes, together with the last 24 hours of the connection and entity. A run that would exceed what is let
 * through does nothing more.
 */
export class GuardBook {
	/** What a dry run found it would do. */
	readonly planned = { updates: 0, deletions: 0 };
	readonly examples: string[] = [];
	/** In the last 24 hours and so far. */
	readonly now: { updates: number; deletions: number };

	constructor(
		private readonly settings: SyncSettings,
		/** In the last 24 hours. */
		before: GuardCount,
		/** What is let through in 24 hours; a person may have let through more for this run. */
		readonly allowed: GuardCount,
		private readonly clock: () => Date,
		/** A person let this run through: it does not count for later ones. */
		readonly approved: boolean,
	) {
		this.now = { ...before };
	}

	/** For a dry run. */
	note(plans: readonly RecordPlan[]): undefined {
		for (const { updates, deletions, pair } of plans) {
			this.planned.updates += updates;
			this.planned.deletions += deletions;
			if (updates + deletions > 0 && this.examples.length < MOST_EXAMPLES) this.examples.push(pair.link.crmId ?? pair.link.appId ?? '');
		}
		return undefined;
	}

	/** Whether so much more stays within what is let through. */
	lets(more: GuardCount): boolean {
		return KINDS.every((kind) => more[kind] === 0 || this.now[kind] + more[kind] <= this.allowed[kind]);
	}

	admits(plans: readonly RecordPlan[]): boolean {
		return this.lets(sum(plans));
	}

	/** Counts what was stored. */
	add(ended: readonly DonePlan[]): undefined {
		this.raise(done(ended));
	}

	/** Counts updates of a former run that turned out to be done. What a person let through is counted without them. */
	addFormer(updates: number): undefined {
		if (!this.approved) this.raise({ updates, deletions: 0 });
	}

	/** What is to be stored of what was done. */
	counted(ended: readonly DonePlan[]): SyncBatch['counted'] {
		return this.approved ? undefined : this.entry(done(ended));
	}

	/** So much, as it is stored. */
	entry({ updates, deletions }: GuardCount): SyncBatch['counted'] {
		if (updates + deletions === 0) return undefined;
		const { connectionId, entity } = this.settings.scope;
		return { connectionId, entity, at: this.clock().toISOString(), updates, deletions };
	}

	private raise({ updates, deletions }: GuardCount): void {
		this.now.updates += updates;
		this.now.deletions += deletions;
	}
}

function done(ended: readonly DonePlan[]): GuardCount {
	return sum(ended.filter(wasDone).map(({ plan }) => plan));
}

/** A refused or uncertain write counts too unless nothing was sent to either side. */
function wasDone({ end, plan, delivers }: DonePlan): boolean {
	if (end?.status === 'changed') return false;
	return end?.status !== 'refused' || (plan.delivery !== undefined && delivers === true);
}

function sum(plans: readonly RecordPlan[]): GuardCount {
	return { updates: plans.reduce((total, { updates }) => total + updates, 0), deletions: plans.reduce((total, { deletions }) => total + deletions, 0) };
}

/** Why a run with so many changes stops. */
export function halted({ updates, deletions }: GuardCount, { now, allowed }: Pick<GuardBook, 'now' | 'allowed'>): Halt {
	const words = `This run would change ${updates} records and end ${deletions} links of deleted ones; ${now.updates} and ${now.deletions} were in the last 24 hours, ${allowed.updates} and ${allowed.deletions} are let through.`;
	return { words, remedy: 'Look at the examples: if the changes are right, let them through.', code: 'GUARD' };
}

/** What a guard lets through in 24 hours, with so many open links. */
export function allowedBy({ most, share, atLeast }: Guard, links: number): number {
	return Math.max(atLeast, Math.min(most, Math.floor(share * links)));
}
