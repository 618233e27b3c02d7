import type { Connection, SignIn } from '../../model/connection';
import type { Run } from '../../model/runHistory';
import type { SignInRefusal } from '../../model/stateStore';
import type { SyncIntent } from '../../model/syncIntent';
import type { CountRow, DeliveryRow, HoldRow, LinkRow, NoteRow, ReportRow, SyncRow } from '../sync/syncRows';

/** A yes or no as stored: 1 or 0, because SQLite has no type of its own for it. */
export type Flag = number;

/** A list or an object as stored: JSON. */
export type Json = string;

export interface ConnectionRow extends Omit<Connection, 'sandbox' | 'runAutomatically'> {
	readonly sandbox: Flag;
	readonly runAutomatically: Flag;
	/** What the list is ordered by. */
	readonly nameKey: string;
	readonly version: number;
}

export interface SignInRow extends Omit<SignIn, 'cause' | 'otherOrg'> {
	readonly cause: Json | null;
	readonly otherOrg: Json | null;
	readonly version: number;
}

export interface RunRow extends Omit<Run, 'manual' | 'counts'> {
	readonly manual: Flag;
	readonly counts: Json;
}

export interface LeaseRow {
	readonly scope: string;
	readonly owner: string;
	readonly fence: number;
	readonly expiresAt: string;
}

/** Which migrations were made. */
export interface MigrationRow {
	readonly number: number;
	readonly name: string;
	readonly madeAt: string;
}

/** Single values that concern the whole store. */
export interface FactRow {
	readonly name: string;
	readonly value: string;
}

/** The tables of the state store. In the database their names and those of their columns are written_like_this. */
export interface Tables {
	readonly migrations: MigrationRow;
	readonly facts: FactRow;
	readonly connections: ConnectionRow;
	readonly signIns: SignInRow;
	readonly runs: RunRow;
	readonly leases: LeaseRow;
	readonly refusals: SignInRefusal;
	readonly syncs: SyncRow;
	readonly syncLinks: LinkRow;
	readonly syncIntents: SyncIntent;
	readonly syncHolds: HoldRow;
	readonly syncDeliveries: DeliveryRow;
	readonly syncReports: ReportRow;
	readonly syncCounts: CountRow;
	readonly syncNotes: NoteRow;
}
