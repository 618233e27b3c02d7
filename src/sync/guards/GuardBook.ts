import type { SyncHold } from '../../model/syncHold';
import type { GuardCount, SyncBatch } from '../../model/syncState';
import type { DonePlan } from '../journal/donePlan';
import type { RecordPlan } from '../plan/recordPlan';
import type { Halt } from '../run/syncRun';
import type { Guard, SyncSettings } from '../run/syncTypes';
import { numbersOf, reviewed } from './reviewNumbers';

/** What is guarded, each by itself. */
const KINDS = ['updates', 'deletions'] as const;
type GuardKind = (typeof KINDS)[number];

/** So many records at most are named as examples. */
const MOST_EXAMPLES = 5;

const NOTHING: GuardCount = { updates: 0, deletions: 0 };

/**
 * Counts what a run changes and closes, together with the last 24 hours of the connection and entity. A run that would exceed what is let
 * through does nothing more.
 */
export class GuardBook {
	/** What a dry run found it would do. */
	readonly planned = { updates: 0, deletions: 0 };
	readonly examples: string[] = [];
	/** In the last 24 hours and so far; of what a person let through, so far. */
	readonly now: { updates: number; deletions: number };
	/** What is let through in 24 hours, or what a person let through. */
	readonly allowed: { updates: number; deletions: number };
	private readonly done = { updates: 0, deletions: 0 };
	/** Where more is done than there is room for, because a person let it through: that does not count for later runs, and is used up. */
	private readonly approved = new Set<GuardKind>();

	constructor(
		private readonly settings: SyncSettings,
		/** In the last 24 hours. */
		before: GuardCount,
		allowed: GuardCount,
		private readonly clock: () => Date,
		/** The review that a person let through. */
		private readonly review?: SyncHold,
	) {
		this.now = { ...before };
		this.allowed = { ...allowed };
	}

	/** More was done than there was room for, because a person let it through. */
	get isLetThrough(): boolean {
		return this.approved.size > 0;
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

	/** The same with what a person let through, from which is taken from now on. */
	letsApproved(more: GuardCount): boolean {
		if (this.lets(more)) return true;
		if (!this.review) return false;
		const left = this.leftOf(this.review);
		const kinds = KINDS.filter((kind) => !this.approved.has(kind) && left[kind] > this.allowed[kind] - this.now[kind]);
		if (!KINDS.every((kind) => more[kind] === 0 || more[kind] <= (kinds.includes(kind) ? left[kind] : this.allowed[kind] - this.now[kind]))) return false;
		for (const kind of kinds) {
			this.approved.add(kind);
			this.now[kind] = 0;
			this.allowed[kind] = left[kind];
		}
		return true;
	}

	admits(plans: readonly RecordPlan[]): boolean {
		return this.letsApproved(sum(plans));
	}

	/** Counts what was stored. */
	add(ended: readonly DonePlan[]): undefined {
		this.raise(done(ended));
	}

	/** Counts updates of a former run that turned out to be done. */
	addFormer(updates: number): undefined {
		this.raise({ updates, deletions: 0 });
	}

	/** What is stored now of the last 24 hours: other syncs of the connection and entity count too, while this one runs. */
	recount(stored: GuardCount): undefined {
		for (const kind of KINDS) if (!this.approved.has(kind)) this.now[kind] = stored[kind];
	}

	/** What is to be stored of what was done. */
	stored(ended: readonly DonePlan[]) {
		return this.entry(done(ended));
	}

	/** So much, as it is stored: as changes of the day, or as what is left of what a person let through. */
	entry(count: GuardCount): Pick<SyncBatch, 'counted'> & { readonly holds: readonly SyncHold[] } {
		return { counted: this.countedOf(count), holds: this.isLetThrough && count.updates + count.deletions > 0 ? [{ ...this.review!, shown: reviewed(this.leftOf(this.review!, count)) }] : [] };
	}

	/** What is left of what a person let through, once so much more is done. */
	private leftOf(review: SyncHold, more: GuardCount = NOTHING): GuardCount {
		const numbers = numbersOf(review);
		const left = (kind: GuardKind) => Math.max(0, numbers[kind] - this.done[kind] - more[kind]);
		return { updates: left('updates'), deletions: left('deletions') };
	}

	private countedOf(count: GuardCount): SyncBatch['counted'] {
		const [updates, deletions] = KINDS.map((kind) => (this.approved.has(kind) ? 0 : count[kind]));
		if (updates + deletions === 0) return undefined;
		const { connectionId, entity } = this.settings.scope;
		return { connectionId, entity, at: this.clock().toISOString(), updates, deletions };
	}

	private raise(count: GuardCount): void {
		for (const kind of KINDS) {
			this.now[kind] += count[kind];
			this.done[kind] += count[kind];
		}
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
