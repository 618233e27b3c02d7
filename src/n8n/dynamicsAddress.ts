import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { clouds, environmentType } from '../crm/dynamics/clouds';
import { addressRefusals, checkedHost, environmentRules, hostMaxLength, hostPadding, parseEnvironmentUrl, parseServiceUrl, parseTenant, portalPattern, serviceRules, sharedTenants, tenantPattern } from '../crm/dynamics/host';
import { safeOrigin } from '../crm/safeOrigin';
import { refusing } from './addressExpression';

/**
 * Origin of the environment that a Dynamics 365 credential names; throws a `CrmError` where it names none. A host that is not Microsoft's
 * could call itself any environment, and what is known of that one would be open to it: so the operator has to allow it.
 */
export function dynamicsEnvironment({ environmentType: type, environmentUrl }: ICredentialDataDecryptedObject): string {
	const allowed = (process.env.CRM_SYNC_DYNAMICS_HOSTS ?? '').toLowerCase().split(/[\s,]+/).filter(Boolean);
	return checkedHost(parseEnvironmentUrl(textOf(environmentUrl), environmentType(type)), allowed);
}

/** The origin of an API address; `undefined` unless it is that of the credential's own environment: no token goes anywhere else. */
export function dynamicsApiOrigin(url: string, credential: ICredentialDataDecryptedObject): string | undefined {
	const origin = safeOrigin(url);
	return origin === dynamicsEnvironment(credential) ? origin : undefined;
}

/** Origin at which a Dynamics 365 credential signs in. */
export function entraOrigin({ environmentType: type, authorityUrl }: ICredentialDataDecryptedObject): string {
	const known = environmentType(type);
	return known === 'custom' ? parseServiceUrl(textOf(authorityUrl), 'authority') : clouds[known].authority;
}

/** Origin of the service that lists the environments of the credential's cloud. GCC may hide behind the public cloud, by its region. */
export function discoveryOrigin({ environmentType: type, environmentUrl, discoveryUrl }: ICredentialDataDecryptedObject): string {
	const known = environmentType(type);
	if (known === 'custom') return parseServiceUrl(textOf(discoveryUrl), 'discovery');
	return clouds[known === 'public' && /\.crm9\.dynamics\.com/i.test(textOf(environmentUrl)) ? 'gcc' : known].discovery;
}

/** Origin and tenant at which the app signs in; with `orShared`, a person. */
export function entraAuthority(credential: ICredentialDataDecryptedObject, orShared: boolean): string {
	return `${entraOrigin(credential)}/${parseTenant(textOf(credential.tenantId), orShared)}`;
}

/** A number is what an expression in the field may give. */
function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Two braces at once would end the expression. */
const literal = (value: unknown): string => JSON.stringify(value).replaceAll('}}', '} }');
const words = ({ message, remedy }: { readonly message: string; readonly remedy: string }): string => literal(`${message} ${remedy}`);

/** The same functions as above, in the words of n8n's expressions. */
const cleaned = `const clean = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "").slice(0, ${hostMaxLength}).replace(new RegExp(${literal(hostPadding)}, "g"), "").toLowerCase();`;
const refuse = `const refuse = (text) => { ${refusing('text')} };`;
const formed = 'const formed = (text, rule) => text.replace(new RegExp(rule.pattern), rule.origin);';
const fits = 'const fits = (text, pattern) => new RegExp(pattern).test(text);';
const service = (refusal: { readonly message: string; readonly remedy: string }, field: string): string => `(() => {
	const text = clean($self["${field}"]);
	const rule = ${literal(serviceRules)}.find(({ pattern }) => fits(text, pattern));
	return rule ? formed(text, rule) : refuse(${words(refusal)});
})()`;
const typeGiven = `const clouds = ${literal(clouds)}; const type = ${literal(['custom', ...Object.keys(clouds)])}.includes($self["environmentType"]) ? $self["environmentType"] : "public";`;

/** An n8n expression for an endpoint of the sign-in, with the same answer as `entraAuthority` for a person. */
export function entraUrlExpression(endpoint: 'authorize' | 'token'): string {
	return `={{ (() => {
		${cleaned} ${refuse} ${formed} ${fits} ${typeGiven}
		const origin = type === "custom" ? ${service(addressRefusals.authority, 'authorityUrl')} : clouds[type].authority;
		const given = clean($self["tenantId"]);
		const tenant = fits(given, ${literal(tenantPattern)}) ? given : fits(given, ${literal(sharedTenants)}) ? "organizations" : refuse(${words(addressRefusals.tenant)});
		return origin + "/" + tenant + "/oauth2/v2.0/${endpoint}";
	})() }}`;
}

/**
 * An n8n expression for what a person's sign-in asks for: the environment; or, where none is entered yet, the list of environments.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/authenticate-oauth
 */
export const dynamicsScopeExpression = `={{ (() => {
	${cleaned} ${refuse} ${formed} ${fits} ${typeGiven}
	const text = clean($self["environmentUrl"]);
	const environment = () => {
		if (fits(text, ${literal(portalPattern)})) return refuse(${words(addressRefusals.portal)});
		const fitting = ${literal(environmentRules)}.filter(({ pattern }) => fits(text, pattern));
		const rule = fitting.find(({ types }) => !types || types.includes(type));
		if (rule) return formed(text, rule);
		return refuse(fitting.some(({ types }) => !types || types.length !== 1 || types[0] !== "custom") ? ${words(addressRefusals.otherCloud)} : ${words(addressRefusals.none)});
	};
	const resource = text !== "" ? environment() : type === "custom" ? ${service(addressRefusals.discovery, 'discoveryUrl')} : clouds[type].discovery;
	return resource + "/user_impersonation offline_access openid";
})() }}`;
