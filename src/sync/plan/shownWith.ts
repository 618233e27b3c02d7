import { createHmac } from 'node:crypto';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';

/** Keyed fingerprints of all that both sides show of a record, `app:crm`. A side that is silent shows what it did when the record was held; empty where that is not known. */
export function shownWith(pair: Pair, { keyring, mapping, select }: SyncRun): string {
	const { app, crm } = pair;
	const [formerApp = '', formerCrm = ''] = shownBefore(pair);
	const print = printer(pair, keyring.current.secret);
	const ofApp = app.kind === 'shown' ? mapping.appFields.map((field) => app.values[field]) : app.kind;
	const ofCrm = crm.kind === 'shown' ? select.map((field) => crm.record.values[field]) : crm.kind === 'missing' ? 'deleted' : crm.kind;
	return `${app.kind === 'absent' ? formerApp : print('app', ofApp)}:${crm.kind === 'absent' ? formerCrm : print('crm', ofCrm)}`;
}

/** Whether both were shown with the same values; a side that is silent has not changed. */
export function sameShown(one: string, other: string): boolean {
	const [left, right] = [one.split(':'), other.split(':')];
	return [0, 1].every((side) => !left[side] || !right[side] || left[side] === right[side]);
}

/** Whether a silent app still has the record deleted: it did, and nothing is held that it has shown since. */
export function isStillDeleted(pair: Pair, { keyring }: SyncRun): boolean {
	if (pair.app.kind !== 'absent' || pair.link.ended !== 'deletedInApp') return false;
	const [ofApp = ''] = shownBefore(pair);
	if (ofApp === '') return !pair.holds.some(({ field, appId, reason }) => field === '' && appId !== null && reason === 'notRun');
	return [keyring.current, ...keyring.former].some(({ secret }) => ofApp === printer(pair, secret)('app', 'deleted'));
}

/** What both sides showed when the record as a whole was held. */
function shownBefore({ holds }: Pair): readonly string[] {
	return holds.find(({ field }) => field === '')?.shown.split(':') ?? [];
}

function printer({ link, known, subject }: Pair, secret: Uint8Array) {
	return (side: string, shown: unknown) => createHmac('sha256', secret).update(JSON.stringify(['shown', side, known ? link.id : subject, shown])).digest('base64url').slice(0, 12);
}
