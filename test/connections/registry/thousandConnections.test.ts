import { connectionSummary } from '../../../src/connections/registry/connectionViews';
import { register } from '../../../src/connections/registry/register';
import type { Connection } from '../../../src/model/connection';
import { openStateStore } from '../../../src/store/openStateStore';
import { IN_MEMORY } from '../../../src/store/settings';
import { arrival, identity, trying } from './registryRecords';

test('a thousand connections are registered, each found by its org, and listed by name with their sign-ins', async () => {
	const store = await openStateStore({ kind: 'sqlite', folder: IN_MEMORY }, () => new Date(0));
	const { connections } = store;
	const numbers = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, '0'));
	for (const number of numbers) {
		const there = { crm: 'salesforce' as const, identity: { ...identity, orgId: `org ${number}`, orgName: `Org ${number}` }, newId: () => `id ${number}` };
		for (const credentialId of [`first ${number}`, `second ${number}`]) {
			const known = { signIn: await connections.findSignIn(credentialId), ofOrg: await connections.findByOrg('salesforce', there.identity.orgId) };
			const registration = register(known, { ...arrival, ...there, trying: { ...trying, credentialId } });
			expect(registration).toMatchObject({ admitted: true, connectionId: `id ${number}` });
			expect(await connections.commit(registration.changes ?? {})).toBe(true);
		}
	}

	const listed: Connection[] = [];
	let after: string | undefined;
	do {
		const page = await connections.list({ limit: 300, after });
		listed.push(...page.items);
		after = page.next;
	} while (after !== undefined);
	const signIns = Map.groupBy(await connections.listSignIns(listed.map(({ id }) => id)), ({ connectionId }) => connectionId);
	await store.close();

	expect(listed.map(({ orgId }) => orgId)).toEqual(numbers.map((number) => `org ${number}`));
	expect(listed.map(({ id }) => signIns.get(id)?.length)).toEqual(numbers.map(() => 2));
	expect(connectionSummary(listed[999], signIns.get('id 0999') ?? [])).toEqual({ name: 'Org 0999', crm: 'Salesforce', status: 'active', health: 'well' });
});
