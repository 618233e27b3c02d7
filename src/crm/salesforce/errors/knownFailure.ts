import type { CrmErrorKind } from '../../../model/crmError';

/** What one code of Salesforce means to a person. */
export interface KnownFailure {
	readonly kind: CrmErrorKind;
	/**
	 * Words, in which `{said}` (Salesforce's or the admin's own sentence), `{fields}` and `{existing}` (record ids) are filled in. The
	 * last two may be unknown, so they stand in brackets with what depends on them: `[ in {fields}| somewhere]`.
	 */
	readonly words: string;
	readonly remedy?: string;
	readonly transient?: true;
}

/** Failures by the code that Salesforce sends. */
export type FailureTable = Readonly<Record<string, KnownFailure>>;
