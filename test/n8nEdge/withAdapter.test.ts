import { NodeApiError, NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { CrmError } from '../../src/model/crmError';
import { StateStoreError } from '../../src/model/stateStoreError';
import { NotAdmittedError } from '../../src/n8n/connection/NotAdmittedError';
import { inNodeErrors, withAdapter } from '../../src/n8n/withAdapter';
import { freshState } from '../n8n/freshState';
import { fakeContext } from './fakeContext';

beforeEach(() => void freshState());

function listContext(more: Parameters<typeof fakeContext>[1] = {}): ILoadOptionsFunctions {
	const { context } = fakeContext(() => undefined, more);
	return Object.create(context, { getCurrentNodeParameter: { value: () => 'crmSalesforceOAuth2Api' } }) as ILoadOptionsFunctions;
}

async function thrown(work: Promise<unknown>): Promise<unknown> {
	return await work.then(
		() => 'nothing was thrown',
		(error: unknown) => error,
	);
}

describe('withAdapter', () => {
	it('hands out the open adapter and returns what is made of it', async () => {
		expect(await withAdapter(listContext(), async (adapter) => await Promise.resolve(typeof adapter.identify))).toBe('function');
	});

	it('words what went wrong, before the CRM is open and after', async () => {
		const unconnected = await thrown(withAdapter(listContext({ tokens: {} }), async () => await Promise.resolve()));
		const refused = await thrown(withAdapter(listContext(), async () => await Promise.reject(new CrmError('auth', { message: 'The sign-in has ended.' }))));
		for (const error of [unconnected, refused]) {
			expect(error).toBeInstanceOf(NodeApiError);
			expect((error as NodeApiError).description).toContain('Credential: https://n8n.example/home/credentials/c1');
		}
	});

	it('throws nothing but errors of n8n, and those as they are', async () => {
		const context = listContext();
		const known = new NodeOperationError(context.getNode(), 'known');
		expect(await thrown(withAdapter(context, async () => await Promise.reject(known)))).toBe(known);
		expect(await thrown(withAdapter(context, async () => await Promise.reject(new TypeError('a bug'))))).toBeInstanceOf(NodeOperationError);
	});
});

describe('inNodeErrors', () => {
	const connectWith = 'crmSalesforceOAuth2Api';
	const framed = async (error: Error) => (await thrown(inNodeErrors(listContext(), { itemIndex: 2, connectWith }, async () => await Promise.reject(error)))) as NodeOperationError;

	it('frames in the same way what opens the CRM itself', async () => {
		const error = await framed(new CrmError('cancelled', { message: 'The run was stopped.' }));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'The run was stopped.', context: { itemIndex: 2 } });
	});

	it('says what to do about a state store that fails', async () => {
		expect(await framed(new StateStoreError('full', 'The disk is full.', 'Make room.'))).toMatchObject({ message: 'The disk is full.', description: 'Make room.' });
	});

	it('leads to the credential where it is what is wrong, and not where a person paused the connection', async () => {
		const refusal = { admitted: false as const, words: 'Stopped.', whatToDo: 'Do this.' };
		const [otherOrg, paused] = [await framed(new NotAdmittedError({ ...refusal, reason: 'otherOrg' })), await framed(new NotAdmittedError({ ...refusal, reason: 'paused' }))];
		expect([otherOrg.message, otherOrg.description, otherOrg.failure]).toEqual(['Stopped.', 'Do this. Credential: https://n8n.example/home/credentials/c1', { cause: 'credential-invalid' }]);
		expect([paused.message, paused.description, paused.failure]).toEqual(['Stopped.', 'Do this.', undefined]);
	});
});
