import { NodeApiError, NodeOperationError, type Failure } from 'n8n-workflow';

import { CrmError, type CrmErrorKind } from '../model/crmError';
import { StateStoreError } from '../model/stateStoreError';
import { NotAdmittedError } from './connection/NotAdmittedError';
import type { CrmContext } from './crmContext';
import { credentialLink } from './openAdapter';

/** Where an error happened, as far as n8n can show it. */
export interface ErrorPlace {
	readonly itemIndex?: number;
	/** Value of *Connect With*; lets an error about the sign-in link to the credential. */
	readonly connectWith?: string;
}

/** Tells n8n why a CRM failed; this steers the back-off of its polls. */
const failures: Readonly<Partial<Record<CrmErrorKind, Failure>>> = {
	auth: { cause: 'credential-invalid' },
	throttled: { cause: 'quota-exhausted' },
	unavailable: { cause: 'temporarily-unavailable' },
	permission: { cause: 'configuration-invalid' },
	notFound: { cause: 'configuration-invalid' },
};

/** The one place where what went wrong with a CRM becomes an error of n8n: worded, linked and free of secrets. */
export function toNodeError(context: CrmContext, error: unknown, place: ErrorPlace = {}): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { itemIndex } = place;
	const node = context.getNode();
	if (error instanceof StateStoreError || error instanceof NotAdmittedError) return ownError(context, error, place);
	if (!(error instanceof CrmError)) return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
	const { message } = error;
	const description = describe(context, error, place);
	const failure: Failure | undefined = error.kind === 'throttled' && error.transient ? { cause: 'rate-limited' } : failures[error.kind];
	const nodeError = failure
		? // An empty answer, because n8n would keep and print whatever it is given here.
			new NodeApiError(node, {}, { message, description, itemIndex, httpCode: error.httpStatus?.toString(), failure })
		: new NodeOperationError(node, message, { description, itemIndex });
	// n8n exchanges a text that happens to contain a word such as ENOENT for one of its own.
	nodeError.message = message;
	return nodeError;
}

/** What the package itself stopped, or could not remember: nothing was sent for it. */
function ownError(context: CrmContext, error: StateStoreError | NotAdmittedError, { itemIndex, connectWith }: ErrorPlace): NodeOperationError {
	const atCredential = error instanceof NotAdmittedError && !error.byChoice && connectWith;
	const link = atCredential ? credentialLink(context, connectWith) : undefined;
	const failure: Failure | undefined = atCredential ? { cause: 'credential-invalid' } : undefined;
	const description = [error.remedy, link && `Credential: ${link}`].filter(Boolean).join(' ');
	const nodeError = new NodeOperationError(context.getNode(), error.message, { description, itemIndex, failure });
	nodeError.message = error.message;
	return nodeError;
}

function describe(context: CrmContext, error: CrmError, { connectWith }: ErrorPlace): string | undefined {
	const link = error.kind === 'auth' && connectWith ? credentialLink(context, connectWith) : undefined;
	const parts = [error.remedy, error.code && `(${error.code})`, link && `Credential: ${link}`];
	return parts.filter(Boolean).join(' ') || undefined;
}
