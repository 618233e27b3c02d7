import type { Refusal, RefusalReason } from '../../connections/registry/registryTypes';

/** Nothing was sent to the CRM, on purpose: the connection is paused, not to be used automatically, another org, or its sign-in is inactive. */
export class NotAdmittedError extends Error {
	readonly reason: RefusalReason;
	/** What to do about it, one sentence. */
	readonly remedy: string;

	constructor({ reason, words, whatToDo }: Refusal) {
		super(words);
		this.name = 'NotAdmittedError';
		this.reason = reason;
		this.remedy = whatToDo;
	}

	/** A person wanted it so: no fault to be alarmed about. */
	get byChoice(): boolean {
		return this.reason === 'paused' || this.reason === 'notAutomatic';
	}
}
