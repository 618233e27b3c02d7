import type { FieldBase, Fingerprint, KnownBase } from '../base/fieldBase';

/** What one side shows of a field: `absent` is not in the record, unreadable, secured or masked. */
export type ShownState = { readonly kind: 'absent' } | { readonly kind: 'blank' | 'value'; readonly print: Fingerprint };

/** One field of one linked pair, without its values: equal prints are equal values. */
export interface FieldState {
	readonly app: ShownState;
	readonly crm: ShownState;
	readonly base: KnownBase;
}

/** What the tables ask about a field. */
export interface FieldFacts {
	readonly app: ShownState['kind'];
	readonly crm: ShownState['kind'];
	/** Both sides show something, and it is the same; two blanks are. */
	readonly same: boolean;
	readonly base: 'known' | 'none' | 'lost';
	/** Shows something else than when it was last settled. What is absent is unchanged. */
	readonly appChanged: boolean;
	readonly crmChanged: boolean;
	/** The app shows what was sent to it. */
	readonly delivered: boolean;
	/** Something was sent to the app and was not seen there yet. */
	readonly underWay: boolean;
	/** Something was sent to the app, which shows nothing since, and the CRM is back at what it showed before. */
	readonly takenBack: boolean;
	/** What the CRM shows was sent to the app last, and was not seen there yet. */
	readonly onItsWay: boolean;
	/** The same, and the app has not changed since. */
	readonly sentBefore: boolean;
}

/** Compares both sides with the base. A value sent to the app becomes the base of both sides as soon as the app shows it. */
export function factsOf({ app, crm, base: stored }: FieldState): FieldFacts {
	const base = settledBase(app, stored);
	const known = isKnown(base);
	const underWay = known && base.pending !== undefined;
	const appChanged = known && app.kind !== 'absent' && app.print !== base.app;
	const crmChanged = known && crm.kind !== 'absent' && crm.print !== base.crm;
	const sent = known ? base.pending?.print : undefined;
	const onItsWay = underWay && crm.kind !== 'absent' && sent === crm.print;
	return {
		app: app.kind,
		crm: crm.kind,
		same: printOf(app) !== undefined && printOf(app) === printOf(crm),
		base: known ? 'known' : base,
		appChanged,
		crmChanged,
		delivered: isKnown(stored) && stored.pending !== undefined && known && base.pending === undefined,
		underWay,
		takenBack: underWay && app.kind === 'absent' && crm.kind !== 'absent' && !crmChanged && sent !== crm.print,
		onItsWay,
		sentBefore: onItsWay && !appChanged,
	};
}

/** The stored base; or what was sent to the app, as soon as the app shows it. If that is not the last value sent, the last is still waited for. */
export function settledBase(app: ShownState, stored: KnownBase): KnownBase {
	if (!isKnown(stored) || !stored.pending || app.kind === 'absent') return stored;
	const { pending } = stored;
	if (app.print === pending.print) return { app: app.print, crm: app.print };
	return pending.earlier.includes(app.print) ? { app: app.print, crm: app.print, pending } : stored;
}

/** The fingerprint of what a side shows. */
export function printOf(shown: ShownState): Fingerprint | undefined {
	return shown.kind === 'absent' ? undefined : shown.print;
}

/** Whether it is known what both sides showed when the field was last settled. */
export function isKnown(base: KnownBase): base is FieldBase {
	return typeof base === 'object';
}
