import { createHmac } from 'node:crypto';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';

/** Keyed fingerprints of all that both sides show of a record, `app:crm`; empty for a side that does not show anything now. */
export function shownWith({ app, crm, link, known, subject }: Pair, { keyring, mapping, select }: SyncRun): string {
	const print = (side: string, shown: unknown) =>
		createHmac('sha256', keyring.current.secret).update(JSON.stringify(['shown', side, known ? link.id : subject, shown])).digest('base64url').slice(0, 12);
	const ofApp = app.kind === 'shown' ? mapping.appFields.map((field) => app.values[field] ?? null) : app.kind;
	const ofCrm = crm.kind === 'shown' ? select.map((field) => crm.record.values[field] ?? null) : crm.kind === 'missing' ? 'deleted' : crm.kind;
	return `${app.kind === 'absent' ? '' : print('app', ofApp)}:${crm.kind === 'absent' ? '' : print('crm', ofCrm)}`;
}

/** Whether both were shown with the same values; a side that is silent has not changed. */
export function sameShown(one: string, other: string): boolean {
	const [left, right] = [one.split(':'), other.split(':')];
	return [0, 1].every((side) => !left[side] || !right[side] || left[side] === right[side]);
}
