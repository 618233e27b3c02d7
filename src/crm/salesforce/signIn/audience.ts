const production = 'https://login.salesforce.com';
const sandbox = 'https://test.salesforce.com';

/** Whether an origin is one of the general login pages. */
export function isLoginHost(origin: string): boolean {
	return origin === production || origin === sandbox;
}

/** Whether an origin is surely that of sandboxes or scratch orgs. https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm */
export function isSandboxHost(origin: string): boolean {
	const { hostname } = new URL(origin);
	return origin === sandbox || /^cs\d+\.salesforce\.com$/.test(hostname) || /^[^.]+--[^.]+\.|\.(?:sandbox|scratch)\.my\./.test(hostname);
}

/**
 * Whom a signed request names as its reader: the general login page of the kind of org, whichever host it is sent to. On this machine
 * it is the host itself. `chosen` overrules: `production` or `sandbox`.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
 */
export function jwtAudience(origin: string, chosen: unknown): string {
	if (chosen === 'production') return production;
	if (chosen === 'sandbox') return sandbox;
	if (['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)) return origin;
	return isSandboxHost(origin) ? sandbox : production;
}
