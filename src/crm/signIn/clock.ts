import type { HttpResponse } from '../../model/authorizedHttp';

/**
 * By how many whole minutes the clock of this computer is ahead of the one that answered, by the `Date` of the answer; negative:
 * behind. `undefined` when the answer names no time. https://www.rfc-editor.org/rfc/rfc9110#name-date
 */
export function minutesAhead({ headers }: HttpResponse, now: number): number | undefined {
	const theirs = Date.parse(headers.date ?? '');
	return Number.isNaN(theirs) ? undefined : Math.round((now - theirs) / 60_000);
}

/** A signed request lives for some minutes, so a clock that is off by less than three is not why `crmName` refused it. */
export function clockWords(minutes: number | undefined, crmName: string): string | undefined {
	if (minutes === undefined || Math.abs(minutes) < 3) return undefined;
	return `The clock of this n8n is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} that of ${crmName}`;
}
