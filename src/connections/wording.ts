import type { SignInReason } from '../model/signInReason';
import type { Evidence } from './diagnosis';

/** Fits a refusal for one of these reasons. A CRM that gives no answer refuses nothing, whatever else is said. */
export const because =
	(...reasons: readonly SignInReason[]) =>
	({ kind, reason }: Evidence): boolean =>
		kind !== 'unavailable' && kind !== 'throttled' && reason !== undefined && reasons.includes(reason);

/** Fits the same, where the credential worked before as it is now. */
export const becauseSince =
	(...reasons: readonly SignInReason[]) =>
	(evidence: Evidence): boolean =>
		evidence.workedBefore !== undefined && because(...reasons)(evidence);

/** The words of the adapter, which knows how its CRM calls things. */
export const said = ({ message }: Evidence): string => message;

/** The remedy of the adapter, or this one. */
export const advisedOr =
	(remedy: string) =>
	(evidence: Evidence): string =>
		evidence.remedy ?? remedy;

/** "14 November 2026", in UTC. */
export function dayOf(iso: string): string {
	return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** "14 November 2026, 06:10 UTC". */
export function minuteOf(iso: string): string {
	return `${dayOf(iso)}, ${new Date(iso).toISOString().slice(11, 16)} UTC`;
}

/** The words, and after them when it last worked, with what follows from that. */
export function andItWorked(words: string, { workedBefore }: Evidence, soMostLikely: string): string {
	return workedBefore ? `${words} It last worked on ${dayOf(workedBefore.lastWellAt)}, so most likely ${soMostLikely}.` : words;
}
