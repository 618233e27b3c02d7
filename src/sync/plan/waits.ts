import type { SyncHold } from '../../model/syncHold';
import type { Pair } from './pair';

/** Held for what the CRM shows of a record that the app does not have: no edit of the app waits in it. */
export function isOfCrmAlone({ field, reason, nextTryAt }: SyncHold): boolean {
	return field === '' && reason === 'restored' && nextTryAt !== null;
}

/** An edit of the app may wait in it; not where the CRM only did not show the record. */
export function mayHaveEdit(hold: SyncHold): boolean {
	return !isOfCrmAlone(hold) && (hold.reason !== 'absent' || hold.code !== null);
}

/** The record as a whole waits for the app, or some of its rows do. */
export function waitsForApp(hold: SyncHold): boolean {
	return hold.field === '' && hold.appId !== null && mayHaveEdit(hold);
}

/** Nothing says which of its fields the app has edited: any may be. */
export function waitsWhole(hold: SyncHold): boolean {
	return waitsForApp(hold) && hold.rows.length === 0;
}

/** The app may have edited the record since it showed what a person decided about: a run that did not come to it was shown that, and the app is silent now. */
export function isOvertaken(hold: SyncHold, { app, holds }: Pair): boolean {
	return app.kind === 'absent' && holds.some((other) => other !== hold && waitsWhole(other));
}
