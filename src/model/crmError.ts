import type { SignInReason } from './signInReason';

/**
 * What kind of failure a CRM answered with; it decides what a run does next, never how it is worded.
 *
 * - `auth`: the sign-in is refused or missing; a person must act.
 * - `permission`: signed in, but not allowed to do this.
 * - `throttled`: a limit of the CRM is reached; the same request may succeed later.
 * - `validation`: the request or a value in it is wrong; repeating it changes nothing.
 * - `notFound`: the record or resource does not exist, or is invisible to this user.
 * - `conflict`: the record changed, is locked, or already exists.
 * - `unavailable`: the CRM could not be reached or failed on its own side.
 * - `cancelled`: the person stopped the run.
 */
export type CrmErrorKind = 'auth' | 'permission' | 'throttled' | 'validation' | 'notFound' | 'conflict' | 'unavailable' | 'cancelled';

export interface CrmErrorDetails {
	/** What is wrong, in words a non-technical person understands: the thing, the reason. Never holds a secret. */
	readonly message: string;
	/** What to do about it, one sentence. */
	readonly remedy?: string;
	/** The CRM's own code, as it sent it (`REQUIRED_FIELD_MISSING`). */
	readonly code?: string;
	/** What the code and the words around it mean for the sign-in, where they are about it: from this the cause is found. */
	readonly reason?: SignInReason;
	readonly httpStatus?: number;
	/** API names of the fields that the CRM blames. */
	readonly fields?: readonly string[];
	/** Ids of the records that stand in the way, where the CRM names them. */
	readonly existingIds?: readonly string[];
	/** Whether the same request may succeed within seconds. */
	readonly transient?: boolean;
	/** How long the CRM asks to wait before the next request, in milliseconds. */
	readonly retryAfterMs?: number;
	/** Whether the request may have taken effect although no usable answer arrived. */
	readonly replyLost?: boolean;
	readonly cause?: unknown;
}

/** The only error that adapters throw or report: typed, worded, free of secrets. */
export class CrmError extends Error {
	readonly remedy?: string;
	readonly code?: string;
	readonly reason?: SignInReason;
	readonly httpStatus?: number;
	readonly fields: readonly string[];
	readonly existingIds?: readonly string[];
	readonly transient: boolean;
	readonly retryAfterMs?: number;
	readonly replyLost: boolean;

	constructor(
		readonly kind: CrmErrorKind,
		details: CrmErrorDetails,
	) {
		super(details.message, { cause: details.cause });
		this.name = 'CrmError';
		this.remedy = details.remedy;
		this.code = details.code;
		this.reason = details.reason;
		this.httpStatus = details.httpStatus;
		this.fields = details.fields ?? [];
		this.existingIds = details.existingIds;
		this.transient = details.transient ?? false;
		this.retryAfterMs = details.retryAfterMs;
		this.replyLost = details.replyLost ?? false;
	}
}
