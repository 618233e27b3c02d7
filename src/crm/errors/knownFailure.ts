import type { CrmErrorKind } from '../../model/crmError';
import type { SignInReason } from '../../model/signInReason';

/** What one code of a CRM means to a person. */
export interface KnownFailure {
	readonly kind: CrmErrorKind;
	/**
	 * Words, in which `{said}` (the CRM's or the admin's own sentence), `{fields}` and `{existing}` (record ids) are filled in. The
	 * last two may be unknown, so they stand in brackets with what depends on them: `[ in {fields}| somewhere]`.
	 */
	readonly words: string;
	readonly remedy?: string;
	/** What it means for the sign-in, where it is about that. */
	readonly reason?: SignInReason;
	readonly transient?: true;
}

/** Failures by the code that the CRM sends. */
export type FailureTable = Readonly<Record<string, KnownFailure>>;
