import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CrmError, type CrmErrorKind } from '../../src/model/crmError';
import { credentialLink } from '../../src/n8n/openAdapter';
import { toNodeError } from '../../src/n8n/toNodeError';
import { fakeContext } from './fakeContext';

const connectWith = 'crmSalesforceOAuth2Api';
const { context } = fakeContext(() => undefined);

describe('toNodeError', () => {
	it.each<[CrmErrorKind, string | undefined]>([
		['auth', 'credential-invalid'],
		['throttled', 'quota-exhausted'],
		['unavailable', 'temporarily-unavailable'],
		['permission', 'configuration-invalid'],
		['notFound', 'configuration-invalid'],
		['validation', undefined],
		['conflict', undefined],
		['cancelled', undefined],
	])('declares %s as %s', (kind, cause) => {
		const error = toNodeError(context, new CrmError(kind, { message: 'It went wrong.' }), { itemIndex: 3 });
		expect(error.failure?.cause).toBe(cause);
		expect(error).toMatchObject({ message: 'It went wrong.', context: { itemIndex: 3 } });
	});

	it('tells a limit that passes within seconds from one of the day', () => {
		expect(toNodeError(context, new CrmError('throttled', { message: 'Too many at once.', transient: true })).failure).toEqual({ cause: 'rate-limited' });
	});

	it('says what to do, the code and where the credential is', () => {
		const error = toNodeError(context, new CrmError('auth', { message: 'The sign-in has ended.', remedy: 'Connect again.', code: 'invalid_grant', httpStatus: 401 }), { connectWith });
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.description).toBe('Connect again. (invalid_grant) Credential: https://n8n.example/home/credentials/c1');
		expect((error as NodeApiError).httpCode).toBe('401');
	});

	it('keeps its words although they hold one that n8n has its own text for', () => {
		for (const kind of ['validation', 'unavailable'] as const) {
			expect(toNodeError(context, new CrmError(kind, { message: 'The field ENOENT__c is wrong.', code: 'ECONNREFUSED' })).message).toBe('The field ENOENT__c is wrong.');
		}
	});

	it('hands on what is an error of n8n already', () => {
		const known = new NodeOperationError(context.getNode(), 'known');
		expect(toNodeError(context, known)).toBe(known);
		expect(toNodeError(context, new Error('a bug'))).toMatchObject({ message: 'a bug' });
	});

	it('lets nothing out of what caused the failure', () => {
		const cause = Object.assign(new Error('Bearer secret'), { config: { headers: { Authorization: 'Bearer secret' } } });
		const error = toNodeError(context, new CrmError('unavailable', { message: 'No answer.', cause }));
		expect(JSON.stringify({ ...error, json: error.toJSON?.(), cause: error.cause, messages: error.messages })).not.toContain('secret');
	});
});

it('credentialLink opens the credential, if the node has one', () => {
	expect(credentialLink(context, connectWith)).toBe('https://n8n.example/home/credentials/c1');
});
