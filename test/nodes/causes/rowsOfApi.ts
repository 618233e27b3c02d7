import { createServer } from 'node:net';

import type { CauseWorld } from './CauseWorld';
import type { Row } from './Row';

/** Connected and well, then something happens to the org. */
const wellThen =
	(happens: (world: CauseWorld) => unknown) =>
	async (world: CauseWorld): Promise<void> => {
		await (await world.connected()).works();
		await happens(world);
	};

const inPlaceOfTheOrg = (host: (world: CauseWorld) => string | Promise<string>) => wellThen(async (world) => void (world.tokens.instance_url = await host(world)));

async function closedPort(): Promise<number> {
	const listening = createServer();
	const port = await new Promise<number>((resolve) => listening.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port)));
	await new Promise((resolve) => listening.close(resolve));
	return port;
}

/** What an org does to those who are signed in. */
export const apiRows: readonly Row[] = [
	{ cause: 'proven: api-disabled', when: 'the edition has no API', org: { edition: 'Professional Edition' }, arrange: async (world) => await world.connected(), words: /edition.*"API Enabled"/ },
	{
		cause: 'proven: api-disabled',
		when: 'the user lacks the permission for it',
		org: { users: [{ apiEnabled: false }] },
		arrange: async (world) => await world.connected(),
		words: /edition.*"API Enabled"/,
	},
	{ cause: 'proven: org-locked', when: 'Salesforce locked the org', arrange: wellThen(({ org }) => org.setSignInPolicy({ status: 'locked' })) },
	{ cause: 'proven: trial-expired', when: 'the trial is over', arrange: wellThen(({ org }) => org.setSignInPolicy({ status: 'trialExpired' })) },
	{ cause: 'proven: request-limit', when: 'the calls of the day are used', arrange: wellThen(({ org }) => org.faults.requestLimitExceeded()) },
	{ cause: 'proven: too-many-at-once', when: 'too many requests are under way', arrange: wellThen(({ org }) => org.faults.concurrentLimit()) },
	{
		cause: 'proven: permission-missing',
		when: 'the user may not ask who and where',
		arrange: wellThen(({ org }) => org.faults.serverError({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No.' }] })),
	},
	{ cause: 'proven: object-not-found', when: 'there is no such object', arrange: async (world) => await world.connected(), object: 'Nothing__c' },
	{ cause: 'proven: object-not-found', when: 'the name can be none of an object', arrange: async (world) => await world.connected(), object: 'Lead; drop' },
	{
		cause: 'proven: object-name-invalid',
		when: 'Salesforce does not take the name',
		arrange: wellThen(({ org }) =>
			org.faults.serverError({ status: 400, body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: 'No.' }], when: ({ path }) => path.includes('/describe') }),
		),
	},
	{ cause: 'proven: no-create-right', when: 'the user may not create leads', arrange: async (world) => (await world.connected()).org.setObjectAccess('Lead', { create: false }) },
	{
		cause: 'unknown: unexplained',
		when: 'Salesforce does not understand the question',
		arrange: wellThen(({ org }) => org.faults.serverError({ status: 400, body: [{ errorCode: 'MALFORMED_QUERY', message: 'unexpected token' }] })),
	},
];

/** What keeps answers away, and says nothing about the sign-in. */
export const reachRows: readonly Row[] = [
	{ cause: 'proven: maintenance', when: 'the org is under maintenance', arrange: wellThen(({ org }) => org.setSignInPolicy({ status: 'maintenance' })) },
	...[500, 502, 503].map((status): Row => ({ cause: 'proven: crm-failing', when: `Salesforce answers ${status}`, arrange: wellThen(({ org }) => org.faults.serverError({ status, html: true })) })),
	{ cause: 'proven: unreachable', when: 'connections are cut', arrange: wellThen(({ org }) => org.faults.resetBeforeCommit()), words: /may be well/ },
	{
		cause: 'proven: unreachable',
		when: 'connections are still cut',
		arrange: wellThen(async (world) => {
			world.org.faults.resetBeforeCommit();
			await world.check();
		}),
		words: /That is so since \d+ \w+ \d{4}, \d\d:\d\d UTC\./,
	},
	{ cause: 'proven: unreachable', when: 'connections are refused', arrange: inPlaceOfTheOrg(async () => `http://127.0.0.1:${await closedPort()}`) },
	{ cause: 'proven: wrong-address', when: 'the saved sign-in names a host that is not that of Salesforce', arrange: inPlaceOfTheOrg(() => 'https://foocorp.my.salesforce.invalid') },
	{ cause: 'proven: unreachable', when: 'no encrypted connection comes about', arrange: inPlaceOfTheOrg(({ org }) => org.instanceUrl.replace('http:', 'https:')) },
	{
		cause: 'proven: unreachable',
		when: 'the sign-in service fails when the session has to be renewed',
		arrange: async (world) => {
			await (await world.connected()).works();
			world.sessionEnds().edit({ domain: await world.hostThatSays(503, '<html>Service Unavailable</html>') });
		},
	},
	{ cause: 'likely: address-moved', when: 'My Domain was changed', arrange: inPlaceOfTheOrg(async (world) => await world.hostThatSays(302, '', { location: 'https://new.my.salesforce.com/' })) },
	{ cause: 'likely: unusable-answer', when: 'a proxy answers', arrange: inPlaceOfTheOrg(async (world) => await world.hostThatSays(200, '<html>Please log in to the network</html>')) },
];
