import type { SignInReason } from '../../model/signInReason';

/** Who had a password sent: a run by itself, a person who ran Check Health on purpose, or the credential's form, which n8n tests whenever it is opened. */
export type Sender = 'run' | 'person' | 'form';

/** What is remembered of a refusal beside its words. */
export interface RefusalDetails {
	readonly reason: SignInReason;
	/** The CRM's own code. */
	readonly code?: string;
	readonly sender: Sender;
}

const none = '-';

/** All of it in one line. */
export function refusalCode({ reason, code, sender }: RefusalDetails): string {
	return [reason, code?.replace(/\s+/g, '_') || none, sender].join(' ');
}

/** The same, read again; a line of an earlier version holds the reason alone. */
export function refusalDetails(line: string): RefusalDetails {
	const [reason, code = none, sender = 'run'] = line.split(' ');
	return { reason: reason as SignInReason, ...(code === none ? {} : { code }), sender: sender as Sender };
}
