import type { FieldBase, Fingerprint, KnownBase } from '../base/fieldBase';
import { MOST_EARLIER } from '../base/packedBase';
import type { FieldDecision } from './fieldDecision';
import { isKnown, printOf, settledBase, type FieldState } from './fieldFacts';

/** What is known about the field after the decision, as long as the CRM has not taken anything. */
export function nextBase({ base: change, tries }: FieldDecision, state: FieldState): KnownBase {
	if (change === 'settle') return settled(state, printOf(state.crm));
	const sent = printOf(state.crm);
	if (change !== 'await' || sent === undefined) return state.base;
	return { app: appPrint(state), crm: formerCrm(state), pending: { print: sent, tries, earlier: earlierThan(sent, settledBase(state.app, state.base)) } };
}

/** What was sent before and is still under way, without the value itself. */
function earlierThan(sent: Fingerprint, base: KnownBase): readonly Fingerprint[] {
	if (!isKnown(base) || !base.pending) return [];
	return [base.pending.print, ...base.pending.earlier].filter((print) => print !== sent).slice(0, MOST_EARLIER);
}

/** What is known once the CRM has taken the app's value, and shows it as `written`. */
export function writtenBase(state: FieldState, written: Fingerprint): KnownBase {
	return settled(state, written);
}

/** A side that shows nothing keeps what it showed. */
function settled(state: FieldState, crm: Fingerprint | undefined): FieldBase {
	return { app: appPrint(state), crm: crm ?? formerCrm(state) };
}

/** The tables settle what the app does not show only where it was settled before. */
function appPrint({ app, base }: FieldState): Fingerprint {
	return printOf(app) ?? (base as FieldBase).app;
}

function formerCrm({ app, base }: FieldState): Fingerprint | undefined {
	const former = settledBase(app, base);
	return isKnown(former) ? former.crm : undefined;
}
