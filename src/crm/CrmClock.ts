import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../model/authorizedHttp';

interface Measured {
	readonly aheadMs: number;
	readonly roundTripMs: number;
}

/** Tells answers of the CRM from pages of gateways on the way, whose clock is another. */
export type IsOwnAnswer = (request: HttpRequest, response: HttpResponse) => boolean;

/** The clock of a CRM, as its answers tell it: a whole second in the header `Date`. https://www.rfc-editor.org/rfc/rfc9110#name-date */
export class CrmClock {
	private latest?: number;
	private best?: Measured;

	/** `now`: milliseconds since 1970 by the clock of this machine. */
	constructor(
		private readonly isOwn: IsOwnAnswer,
		private readonly now: () => number = () => Date.now(),
	) {}

	/** The moment of the last answer by the CRM's clock, in milliseconds since 1970. */
	get lastAnswer(): number | undefined {
		return this.latest;
	}

	/** How far the clock of this machine is ahead of the CRM's, in milliseconds, by the quickest answer. */
	get aheadMs(): number | undefined {
		return this.best?.aheadMs;
	}

	/** The same way to the CRM, listened to. */
	listeningTo(http: AuthorizedHttp): AuthorizedHttp {
		return {
			send: async (request) => {
				const sent = this.now();
				const response = await http.send(request);
				if (this.isOwn(request, response)) this.note(Date.parse(response.headers.date ?? ''), sent);
				return response;
			},
		};
	}

	private note(crm: number, sent: number): void {
		if (Number.isNaN(crm)) return;
		const roundTripMs = this.now() - sent;
		this.latest = crm;
		if (this.best && this.best.roundTripMs < roundTripMs) return;
		// The second was cut off, and the answer was on its way for half of the time.
		this.best = { roundTripMs, aheadMs: Math.round(sent + roundTripMs / 2 - (crm + 500)) };
	}
}
