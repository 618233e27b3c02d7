import { CrmError } from '../../model/crmError';
import type { EnvironmentType } from './clouds';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const port = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';
const afterHost = '(?:[/?#][^]*)?$';
/** Hosts beside the environments: they list them, or serve all of them. */
const environment = `((?!(?:globaldisco|disco|dev|admin|www|home)\\.)${label})(?:\\.api)?`;
const overHttps = (host: string): string => `^(?:https://)?${host}(?::443)?${afterHost}`;

/** One form of an address. */
export interface HostRule {
	/** For the whole text, trimmed and in lower case. */
	readonly pattern: string;
	/** What it stands for, with what the pattern captured. */
	readonly origin: string;
	/** The environment types that have such addresses; absent: all of them. */
	readonly types?: readonly EnvironmentType[];
}

/** This machine alone may be reached without encryption. */
const loopback: readonly HostRule[] = [
	{ pattern: `^(https?)://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:${port})?${afterHost}`, origin: '$1://$2$3' },
	{ pattern: `^(localhost|127\\.0\\.0\\.1|\\[::1\\])(:${port})?${afterHost}`, origin: 'http://$1$2' },
];
const anyHost: HostRule = { pattern: `^https://((?:${label}\\.)+${label})(?::443)?${afterHost}`, origin: 'https://$1', types: ['custom'] };

/**
 * What a person may enter as the address of an environment; the first that fits decides. Both hosts of an environment, with `.api` and
 * without, answer the Web API, and links to records work at the second. More regions are added all the time, so their numbers are not
 * listed. The credential's scope is generated from the same table, so the two never disagree.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#web-api-url-and-versions
 * https://learn.microsoft.com/en-us/power-platform/admin/microsoft-dynamics-365-government#power-apps-us-government-service-urls
 */
export const environmentRules: readonly HostRule[] = [
	...loopback,
	{ pattern: overHttps(`${environment}\\.(crm\\d{0,3}\\.dynamics\\.com)`), origin: 'https://$1.$2', types: ['public', 'gcc', 'custom'] },
	{ pattern: overHttps(`${environment}\\.(crm\\.microsoftdynamics\\.us)`), origin: 'https://$1.$2', types: ['gccHigh', 'custom'] },
	{ pattern: overHttps(`${environment}\\.(crm\\.appsplatform\\.us)`), origin: 'https://$1.$2', types: ['dod', 'custom'] },
	{ pattern: overHttps(`${environment}\\.(crm\\.dynamics\\.cn)`), origin: 'https://$1.$2', types: ['china', 'custom'] },
	anyHost,
];

/** What a person may enter as the address of a service in a cloud of its own. */
export const serviceRules: readonly HostRule[] = [...loopback, anyHost];

/**
 * Addresses that people copy by mistake: sites of Microsoft for makers and admins, and what lists or signs in.
 * https://learn.microsoft.com/en-us/power-platform/admin/powerapps-us-government#power-apps-us-government-service-urls
 */
export const portalPattern =
	`^(?:https?://)?(?:(?:[a-z0-9-]+\\.)*(?:powerapps|powerautomate|powerappsportals|powerplatform)\\.(?:com|us|cn)|(?:[a-z0-9-]+\\.)*powerplatform\\.microsoft\\.(?:com|us)|(?:make|apps|admin|flow)\\.(?:[a-z]+\\.)?appsplatform\\.us|home\\.dynamics\\.com|globaldisco\\.[a-z0-9.-]+|(?:portal|entra)\\.(?:azure|microsoft)\\.(?:com|us|cn)|login\\.[a-z.]*microsoftonline\\.(?:com|us|cn))(?::443)?${afterHost}`;

/** What is left out around a text: what pasting leaves there. */
export const hostPadding = '^[\\s\\u200b\\u2060\\ufeff"\'`\\u2018-\\u201f<>]+|[\\s\\u200b\\u2060\\ufeff"\'`\\u2018-\\u201f<>]+$';

/** Longer texts are cut: no address is longer, and some patterns would take long to look at one that is. */
export const hostMaxLength = 2000;

const find =
	'Open the environment in the browser (in Power Apps: the gear, Session details, Instance url) and copy its address, such as https://foocorp.crm4.dynamics.com; or run List Environments of the CRM Connection node.';

/** How the fields that decide where something is sent are refused. The words never repeat the text, which may be a secret in the wrong field. */
export const addressRefusals = {
	empty: { message: 'The Environment URL in this credential is empty.', remedy: find, code: 'ENVIRONMENT_URL_EMPTY', reason: 'wrong-address' },
	portal: { message: 'The Environment URL in this credential is that of a site of Microsoft for makers or admins, not of an environment.', remedy: find, code: 'NO_ENVIRONMENT_URL', reason: 'wrong-address' },
	otherCloud: {
		message: 'The Environment URL in this credential belongs to another cloud than the chosen Environment Type.',
		remedy: 'Choose the type that fits the address: dynamics.com is Public Cloud (or GCC), microsoftdynamics.us GCC High, appsplatform.us DoD, dynamics.cn China.',
		code: 'OTHER_CLOUD',
		reason: 'wrong-cloud',
	},
	none: { message: 'The Environment URL in this credential is not the address of a Dynamics 365 environment.', remedy: find, code: 'NO_ENVIRONMENT_URL', reason: 'wrong-address' },
	foreign: {
		message: 'The Environment URL in this credential is at a host that is not known as one of Microsoft.',
		remedy: 'Where that is meant, ask whoever runs this n8n to name the host in the environment variable CRM_SYNC_DYNAMICS_HOSTS.',
		code: 'HOST_NOT_ALLOWED',
		reason: 'wrong-address',
	},
	authority: {
		message: 'The Sign-In Address in this credential is no address that can be used.',
		remedy: 'Enter the origin of the sign-in service, such as https://login.microsoftonline.com, or choose another Environment Type.',
		code: 'NO_AUTHORITY',
		reason: 'wrong-address',
	},
	discovery: {
		message: 'The Discovery Address in this credential is no address that can be used.',
		remedy: 'Enter the origin of Global Discovery, such as https://globaldisco.crm.dynamics.com, or choose another Environment Type.',
		code: 'NO_DISCOVERY',
		reason: 'wrong-address',
	},
	tenant: {
		message: 'The Directory (Tenant) ID in this credential is none.',
		remedy: 'Copy it from the overview of the app in Microsoft Entra ID; it looks like 72f988bf-86f1-41af-91ab-2d7cd011db47. The domain of the tenant will do too.',
		code: 'NO_TENANT',
		reason: 'credential-unreadable',
	},
} as const;

/** The text as it is compared: without what pasting left around it, in lower case. */
export function cleanAddress(text: string): string {
	return text.slice(0, hostMaxLength).replace(new RegExp(hostPadding, 'g'), '').toLowerCase();
}

/**
 * Turns what a person entered or copied from the browser into the origin of the environment.
 *
 * @throws CrmError with reason `wrong-address`, or `wrong-cloud` where the address is good for another type.
 */
export function parseEnvironmentUrl(text: string, type: EnvironmentType): string {
	const clean = cleanAddress(text);
	if (clean === '') throw refusal('empty');
	if (new RegExp(portalPattern).test(clean)) throw refusal('portal');
	const fitting = environmentRules.filter(({ pattern }) => new RegExp(pattern).test(clean));
	const rule = fitting.find(({ types }) => types === undefined || types.includes(type));
	if (rule) return clean.replace(new RegExp(rule.pattern), rule.origin);
	throw refusal(fitting.some(({ pattern }) => pattern !== anyHost.pattern) ? 'otherCloud' : 'none');
}

/**
 * Whether an origin may say which environment it is: only a host that is Microsoft's says so truthfully, and this machine. `allowed` are
 * further hosts, of clouds that are not known here (`crm.foo.example`, `*.foo.example`).
 *
 * @throws CrmError
 */
export function checkedHost(origin: string, allowed: readonly string[]): string {
	const { hostname } = new URL(origin);
	const isKnown = environmentRules.some((rule) => rule !== anyHost && new RegExp(rule.pattern).test(origin));
	const isAllowed = allowed.some((host) => host === hostname || (host.startsWith('*.') && hostname.endsWith(host.slice(1))));
	if (isKnown || isAllowed) return origin;
	throw refusal('foreign');
}

/** The origin of a service that a person named for a cloud of its own. */
export function parseServiceUrl(text: string, service: 'authority' | 'discovery'): string {
	const clean = cleanAddress(text);
	const rule = serviceRules.find(({ pattern }) => new RegExp(pattern).test(clean));
	if (rule) return clean.replace(new RegExp(rule.pattern), rule.origin);
	throw refusal(service);
}

/** A GUID, or a domain of the tenant. https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols#endpoints */
export const tenantPattern = `^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:${label}\\.)+${label})$`;

/** Names that stand for any tenant: good for people, never for an app. */
export const sharedTenants = '^(?:organizations|common)?$';

/** The tenant where an app signs in; with `orShared`, the one where people do: their own, where none is named. */
export function parseTenant(text: string, orShared: boolean): string {
	const clean = cleanAddress(text);
	if (new RegExp(tenantPattern).test(clean)) return clean;
	if (orShared && new RegExp(sharedTenants).test(clean)) return 'organizations';
	throw refusal('tenant');
}

function refusal(which: keyof typeof addressRefusals): CrmError {
	return new CrmError('auth', addressRefusals[which]);
}
