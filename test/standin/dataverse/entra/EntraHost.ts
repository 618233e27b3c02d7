import type { Clock } from '../../salesforce/time';
import { EntraError } from './EntraError';
import type { Cloud, Tenant } from './Tenant';
import type { Tokens } from './Tokens';

/** What one login host knows: its cloud, the tenants of all clouds, and which addresses tokens may be made for. */
export interface EntraHost {
	readonly cloud: Cloud;
	readonly clock: Clock;
	readonly tokens: Tokens;
	readonly url: () => string;
	readonly tenants: () => readonly Tenant[];
	/** Whether tokens of this tenant may be made for a resource, such as an environment's address. */
	readonly isResource: (resource: string, tenant: Tenant) => boolean;
}

const shared = ['common', 'organizations', 'consumers'];

/** The tenant a path names; `/common` and `/organizations` mean the one that has the app. */
export function tenantOf(host: EntraHost, named: string, clientId: string | undefined, codeOfOtherCloud: number): Tenant {
	const own = host.tenants().filter((tenant) => tenant.cloud === host.cloud);
	if (shared.includes(named)) {
		const home = own.find((tenant) => tenant.app(clientId));
		if (!home) throw new EntraError(700016, { app: clientId ?? '', tenant: 'Microsoft' });
		if (!home.app(clientId)?.multiTenant) throw new EntraError(50194, { app: clientId ?? '' });
		return home;
	}
	const found = own.find((tenant) => tenant.isNamed(named));
	if (found) return found;
	const elsewhere = host.tenants().find((tenant) => tenant.isNamed(named));
	throw elsewhere ? new EntraError(codeOfOtherCloud, { tenant: named, cloud: elsewhere.loginUrl }) : new EntraError(90002, { tenant: named });
}

const ownScopes = ['openid', 'profile', 'offline_access', 'email'];

/** The resource and permission a scope asks for; scopes of sign-in itself are left out. */
export function resourceOf(host: EntraHost, tenant: Tenant, scope: string | undefined): { resource: string; permission: string } {
	const wanted = (scope ?? '').split(' ').filter((one) => one !== '' && !ownScopes.includes(one));
	if (wanted.length === 0) throw new EntraError(70011);
	const slash = wanted[0].lastIndexOf('/');
	const resource = wanted[0].slice(0, slash).replace(/\/+$/, '');
	if (!host.isResource(resource, tenant)) throw new EntraError(500011, { resource, tenant: tenant.name });
	return { resource, permission: wanted[0].slice(slash + 1) };
}
