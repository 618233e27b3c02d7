import type { Approval } from '../approve';
import type { Clock } from '../salesforce/time';
import { CallLog } from './calls';
import { serveDiscovery } from './discovery/serveDiscovery';
import { approveDataverse } from './entra/approve';
import { serveEntra } from './entra/serveEntra';
import { Tenant, type Cloud, type NewTenant } from './entra/Tenant';
import { Tokens } from './entra/Tokens';
import type { Environment } from './environment/Environment';
import { openEnvironment, type NewEnvironment } from './environment/openEnvironment';
import { openHost, type Host } from './http/openHost';

/** How to start a stand-in. */
export interface DataverseOptions {
	/** The port of the public cloud's login host; 0, the default, takes a free one. */
	readonly port?: number;
	/** The present, in milliseconds since 1970; the machine's clock by default. */
	readonly now?: Clock;
}

/** A Dataverse in this process: login hosts of two clouds, Global Discovery, and the environments that were made. */
export class Dataverse {
	readonly tokens: Tokens;
	/** Requests to Global Discovery. */
	readonly discoveryCalls = new CallLog();
	private readonly tenants: Tenant[] = [];
	private readonly made: Environment[] = [];
	private hosts: Readonly<Record<'login' | 'government' | 'discovery', Host>> | undefined;

	constructor(private readonly clock: Clock) {
		this.tokens = new Tokens(clock);
		this.createTenant();
	}

	/** What login.microsoftonline.com is. */
	get loginUrl(): string {
		return this.host('login');
	}
	/** What login.microsoftonline.us is: another cloud with its own tenants. */
	get governmentLoginUrl(): string {
		return this.host('government');
	}
	/** What globaldisco.crm.dynamics.com is. */
	get discoveryUrl(): string {
		return this.host('discovery');
	}
	/** The first tenant, made on start. */
	get tenant(): Tenant {
		return this.tenants[0];
	}
	get environments(): readonly Environment[] {
		return this.made;
	}

	private host(name: 'login' | 'government' | 'discovery'): string {
		return this.hosts?.[name].url ?? '';
	}

	async start(port: number): Promise<void> {
		const entra = async (onPort: number, cloud: Cloud) =>
			await openHost(onPort, (app, url) =>
				serveEntra(app, {
					cloud,
					url,
					clock: this.clock,
					tokens: this.tokens,
					tenants: () => this.tenants,
					isResource: (resource, tenant) => this.isResource(resource, tenant),
				}),
			);
		const discovery = await openHost(0, (app, url) =>
			serveDiscovery(app, {
				url,
				clock: this.clock,
				tokens: this.tokens,
				calls: this.discoveryCalls,
				environments: () => this.made.map(({ context }) => context),
			}),
		);
		this.hosts = { login: await entra(port, 'public'), government: await entra(0, 'usGovernment'), discovery };
	}

	private isResource(resource: string, tenant: Tenant): boolean {
		return (
			resource === this.discoveryUrl ||
			this.made.some(({ context }) => context.url === resource && context.tenant === tenant && context.settings.mode !== 'gone')
		);
	}

	createTenant(wanted: NewTenant = {}): Tenant {
		const loginUrl = () => (wanted.cloud === 'usGovernment' ? this.governmentLoginUrl : this.loginUrl);
		const tenant = new Tenant(wanted, { ordinal: this.tenants.length + 1, clock: this.clock, loginUrl });
		this.tenants.push(tenant);
		return tenant;
	}

	/** Makes an environment with its own host, in the first tenant unless told otherwise. Ids depend only on the order of creation. */
	async createEnvironment(wanted: NewEnvironment = {}): Promise<Environment> {
		const environment = await openEnvironment(wanted, {
			ordinal: this.made.length + 1,
			clock: this.clock,
			tenant: wanted.tenant ?? this.tenant,
			tokens: this.tokens,
		});
		this.made.push(environment);
		return environment;
	}

	/** Does over HTTP what a person does on the sign-in page; answers the callback address with code or error. */
	approve = async (authorizeUrl: string, how: Approval = {}): Promise<string> => await approveDataverse(authorizeUrl, how);

	async close(): Promise<void> {
		await Promise.all([...this.made.map(async (one) => await one.close()), ...Object.values(this.hosts ?? {}).map(async (host) => await host.close())]);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

/** Starts the stand-in Dataverse on 127.0.0.1. */
export async function startDataverse({ port = 0, now = Date.now }: DataverseOptions = {}): Promise<Dataverse> {
	const dataverse = new Dataverse(now);
	await dataverse.start(port);
	return dataverse;
}
