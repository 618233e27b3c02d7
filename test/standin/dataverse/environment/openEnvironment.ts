import { CallLog } from '../calls';
import type { EntraUser } from '../entra/apps';
import type { Tenant } from '../entra/Tenant';
import type { Tokens } from '../entra/Tokens';
import { EnvironmentFaults } from '../faults/EnvironmentFaults';
import { GuidSource } from '../guids';
import { openHost } from '../http/openHost';
import { serveApi } from '../http/serveApi';
import { Store } from '../records/Store';
import { Schema } from '../schema/Schema';
import { platformTables } from '../schema/tables/platform';
import { account, contact, lead, opportunity } from '../schema/tables/sales';
import { annotation, incident, incidentresolution } from '../schema/tables/service';
import type { Clock } from '../../salesforce/time';
import { Access } from './Access';
import { Environment } from './Environment';
import type { EnvironmentContext } from './EnvironmentContext';
import { publishMultiples, putPlatformRows } from './platformRows';

/** What to set of a new environment; everything has a default. */
export interface NewEnvironment {
	readonly name?: string;
	readonly tenant?: Tenant;
	readonly sandbox?: boolean;
	/** With Dynamics 365 Sales: leads and opportunities. */
	readonly sales?: boolean;
	/** With Dynamics 365 Customer Service: cases. */
	readonly service?: boolean;
	/** The tables whose changes are tracked. */
	readonly changeTracking?: readonly string[];
	readonly version?: string;
	readonly organizationId?: string;
	readonly environmentId?: string;
	/** The port of the environment's own host; 0 takes a free one. */
	readonly port?: number;
	/** The language code of labels: 1033 English, 1036 French. */
	readonly language?: number;
	/** The person who is system administrator; one is made when none is given. */
	readonly administrator?: EntraUser;
}

/** Where an environment stands in its stand-in. */
export interface Place {
	readonly ordinal: number;
	readonly clock: Clock;
	readonly tenant: Tenant;
	readonly tokens: Tokens;
}

/** Makes an environment and starts its host. */
export async function openEnvironment(wanted: NewEnvironment, place: Place): Promise<Environment> {
	let url = '';
	const context = contextOf(wanted, place, () => url);
	addTables(context, wanted);
	putPlatformRows(context, solutionsOf(wanted));
	publishMultiples(context);
	const host = await openHost(wanted.port ?? 0, (app) => serveApi(app, context));
	url = host.url;
	const environment = new Environment(context, host.close);
	environment.addUser(wanted.administrator ?? place.tenant.addUser({ upn: `admin${place.ordinal}@${place.tenant.domain}`, name: 'Ada Admin' }), {
		administrator: true,
	});
	return environment;
}

function contextOf(wanted: NewEnvironment, { ordinal, clock, tenant, tokens }: Place, url: () => string): EnvironmentContext {
	const guids = new GuidSource(ordinal);
	const store = new Store();
	return {
		name: wanted.name ?? `Environment ${ordinal}`,
		organizationId: wanted.organizationId ?? guids.next(),
		environmentId: wanted.environmentId ?? guids.next(),
		uniqueName: `unq${String(ordinal).padStart(5, '0')}`,
		version: wanted.version ?? '9.2.26104.00178',
		sandbox: wanted.sandbox ?? false,
		language: wanted.language ?? 1033,
		businessUnitId: guids.next(),
		tenant,
		clock,
		guids,
		store,
		tokens,
		get url() {
			return url();
		},
		schema: new Schema(() => store.nextVersion()),
		access: new Access(),
		users: [],
		calls: new CallLog(),
		faults: new EnvironmentFaults(),
		settings: { mode: 'available', duplicateRules: new Map(), plugins: [], refusedTokens: 0, oldestDelta: 0, expireChangeTrackingInDays: 7, lateWork: [] },
	};
}

function addTables(
	{ schema }: EnvironmentContext,
	{ sales = true, service = true, changeTracking = ['account', 'contact', 'lead', 'incident'] }: NewEnvironment,
): void {
	const business = [account(), contact(), ...(sales ? [lead(), opportunity()] : []), ...(service ? [incident(), incidentresolution()] : [])];
	for (const table of [...platformTables(), ...business]) schema.add({ ...table, changeTracking: changeTracking.includes(table.name) });
	schema.add(annotation(business.map(({ name }) => name)));
}

const solutionsOf = ({ sales = true, service = true }: NewEnvironment): ReadonlyArray<readonly [string, string, string]> => [
	['Default', 'Default Solution', '1.0'],
	...(sales ? [['Sales', 'Dynamics 365 Sales', '9.0.26101.10000'] as const] : []),
	...(service ? [['Service', 'Dynamics 365 Customer Service', '9.0.26101.10000'] as const] : []),
];
