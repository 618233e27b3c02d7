import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { CrmError } from '../../../src/model/crmError';
import { guardPassword } from '../../../src/n8n/signIn/passwordGuard';
import { openStateStore } from '../../../src/store/openStateStore';

it('a wrong password that several processes want to send at once is sent once', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'crm-sync-sign-in-'));
	const stores = await Promise.all([1, 2, 3].map(async () => await openStateStore({ kind: 'sqlite', folder }, () => new Date())));
	let sent = 0;
	const key = { id: 'k', secret: new Uint8Array(32) };
	const failures = await Promise.all(
		stores.map(async ({ refusals, leases, keys }) => {
			const attempt = async (): Promise<never> => {
				sent += 1;
				await turn();
				throw new CrmError('auth', { message: 'Salesforce refused the password.', reason: 'password-or-flow-refused' });
			};
			const tools = { openMemory: async () => await Promise.resolve({ refusals, leases, keys, key }), now: () => Date.now(), pause: async () => void (await turn()) };
			return await guardPassword({ content: ['one', 'password'], crmName: 'Salesforce', mayRepeat: () => false, sender: 'run', attempt }, tools).catch((error: CrmError) => error.message);
		}),
	);
	await Promise.all(stores.map(async (store) => await store.close()));
	await rm(folder, { recursive: true });
	expect([sent, failures]).toEqual([1, Array(3).fill('Salesforce refused the password.')]);
});
