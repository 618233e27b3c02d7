import type { GuardCount } from '../../model/syncState';
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
	private readonly now: { updates: number; deletions: number };

	constructor(
		private readonly settings: SyncSettings,
		/** In the last 24 hours. */
		readonly before: GuardCount,
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

	halt(plans: readonly RecordPlan[]): Halt {
		return halted(sum(plans), this);
	}

	/** Counts what was done, and gives what is to be stored of it. */
	counted(ended: readonly DonePlan[]) {
		const { updates, deletions } = sum(ended.filter(wasDone).map(({ plan }) => plan));
		if (updates + deletions === 0) return undefined;
		this.now.updates += updates;
		this.now.deletions += deletions;
		const { connectionId, entity } = this.settings.scope;
		return this.approved ? undefined : { connectionId, entity, at: this.clock().toISOString(), updates, deletions };
	}
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
export function halted({ updates, deletions }: GuardCount, { before, allowed }: Pick<GuardBook, 'before' | 'allowed'>): Halt {
	const words = `This run would change ${updates} records and end ${deletions} links of deleted ones; ${before.updates} and ${before.deletions} were in the last 24 hours, ${allowed.updates} and ${allowed.deletions} are let through.`;
	return { words, remedy: 'Look at the examples: if the changes are right, let them through.', code: 'GUARD' };
}

/** What a guard lets through in 24 hours, with so many open links. */
export function allowedBy({ most, share, atLeast }: Guard, links: number): number {
	return Math.max(atLeast, Math.min(most, Math.floor(share * links)));
}
