import type { FastifyInstance } from 'fastify';
import { SalesforceError, notFound } from '../http/SalesforceError';
import { ok, type ApiResource } from './ApiResource';

const oldest = 31;
const newest = 67;
const seasons = ['Spring', 'Summer', 'Winter'];

/** Three releases a year; v31.0 is Summer '14. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm */
function labelOf(version: number): string {
	const count = version - 30;
	const season = seasons[count % 3];
	const year = 14 + Math.floor(count / 3) + (season === 'Winter' ? 1 : 0);
	return `${season} '${year}`;
}

/** Every version the org speaks, oldest first. */
export const versions = Array.from({ length: newest - oldest + 1 }, (_, index) => {
	const number = oldest + index;
	return { label: labelOf(number), url: `/services/data/v${number}.0`, version: `${number}.0` };
});

/** The list of versions needs no session and counts as no call. */
export function serveVersions(app: FastifyInstance): void {
	app.get('/services/data', async (_request, reply) => await reply.type('application/json;charset=UTF-8').send(JSON.stringify(versions)));
	app.get('/services/data/', async (_request, reply) => await reply.type('application/json;charset=UTF-8').send(JSON.stringify(versions)));
}

/** Refuses retired versions with 410 and unknown ones with 404. https://help.salesforce.com/s/articleView?id=005132110 */
export function checkVersion(version: string): void {
	const number = Number(/^v(\d+)\.0$/.exec(version)?.[1] ?? NaN);
	if (number < oldest) throw new SalesforceError(410, 'UNSUPPORTED_API_VERSION', 'The requested resource is no longer available');
	if (!(number <= newest)) throw notFound();
}

const names = ['composite', 'limits', 'query', 'queryAll', 'recent', 'sobjects'];

/** The resources of one version. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm */
export const versionResources: ApiResource[] = [
	{
		method: 'GET', path: '/', kind: 'resources',
		handle: ({ org, userId, version }) => ok({ identity: `${org.loginUrl}/id/${org.id}/${userId}`, ...Object.fromEntries(names.map((name) => [name, `/services/data/${version}/${name}`])) }),
	},
];
