import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { CrmError } from '../../src/model/crmError';
import { inNodeErrors, withAdapter } from '../../src/n8n/withAdapter';
import { fakeContext } from './fakeContext';

function nodeContext(more: Parameters<typeof fakeContext>[1] = {}): IExecuteFunctions {
	const { context } = fakeContext(() => undefined, more);
	return Object.create(context, { getNodeParameter: { value: () => 'crmSalesforceOAuth2Api' } }) as IExecuteFunctions;
}

async function thrown(work: Promise<unknown>): Promise<unknown> {
	return await work.then(
		() => 'nothing was thrown',
		(error: unknown) => error,
	);
}

describe('withAdapter', () => {
	it('hands out the open adapter and returns what is made of it', async () => {
		expect(await withAdapter(nodeContext(), async (adapter) => await Promise.resolve(typeof adapter.identify))).toBe('function');
	});

	it('words what went wrong, before the CRM is open and after', async () => {
		const unconnected = await thrown(withAdapter(nodeContext({ tokens: {} }), async () => await Promise.resolve()));
		const refused = await thrown(withAdapter(nodeContext(), async () => await Promise.reject(new CrmError('auth', { message: 'The sign-in has ended.' }))));
		for (const error of [unconnected, refused]) {
			expect(error).toBeInstanceOf(NodeApiError);
			expect((error as NodeApiError).description).toContain('Credential: https://n8n.example/home/credentials/c1');
		}
	});

	it('throws nothing but errors of n8n, and those as they are', async () => {
		const context = nodeContext();
		const known = new NodeOperationError(context.getNode(), 'known');
		expect(await thrown(withAdapter(context, async () => await Promise.reject(known)))).toBe(known);
		expect(await thrown(withAdapter(context, async () => await Promise.reject(new TypeError('a bug'))))).toBeInstanceOf(NodeOperationError);
	});

	it('frames in the same way what opens the CRM itself', async () => {
		const error = await thrown(inNodeErrors(nodeContext(), { itemIndex: 2 }, async () => await Promise.reject(new CrmError('cancelled', { message: 'The run was stopped.' }))));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'The run was stopped.', context: { itemIndex: 2 } });
	});
});
