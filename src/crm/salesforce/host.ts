import { CrmError } from '../../model/crmError';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** `foocorp`, or with the partition of the org's kind: `foocorp--uat.sandbox`, `foocorp.develop`, the old `foocorp--uat.cs92`. */
const myDomain = `(${label}(?:\\.${label})?)`;
const port = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';
const afterHost = '(?::443)?(?:[/?#][^]*)?$';
const overHttps = (host: string): string => `^(?:https://)?${host}${afterHost}`;

/**
 * What a person may enter (a pattern for the whole text, trimmed and in lower case) and the origin it stands for; the first that
 * fits decides. Every origin is Salesforce's or this machine's, because only captured labels vary in it. The credential's sign-in
 * addresses are generated from the same table, so the two never disagree.
 */
export const salesforceHostRules: ReadonlyArray<readonly [pattern: string, origin: string]> = [
	[`^(https?)://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:${port})?(?:[/?#][^]*)?$`, '$1://$2$3'],
	[`^(localhost|127\\.0\\.0\\.1|\\[::1\\])(:${port})?(?:[/?#][^]*)?$`, 'http://$1$2'],
	// https://help.salesforce.com/s/articleView?id=xcloud.domain_name_setting_login_policy.htm names login., test. and instance hosts
	[overHttps('(login|test)(?:\\.salesforce\\.com)?'), 'https://$1.salesforce.com'],
	[overHttps('((?:na|eu|ap|cs|um|usa)\\d{1,4}[a-z]?)(?:\\.(?:lightning\\.force|salesforce)\\.com)?'), 'https://$1.salesforce.com'],
	// https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm
	[overHttps(`${myDomain}\\.(?:my\\.salesforce|my\\.salesforce-setup|lightning\\.force|my\\.site)\\.com`), 'https://$1.my.salesforce.com'],
	[overHttps(`(${label})--[a-z0-9-]{0,61}[a-z0-9]((?:\\.${label})?)\\.vf\\.force\\.com`), 'https://$1$2.my.salesforce.com'],
	[overHttps(`${myDomain}\\.(?:my\\.salesforce|lightning\\.crmforce)\\.mil`), 'https://$1.my.salesforce.mil'],
	// https://github.com/forcedotcom/sfdx-core/blob/main/src/util/sfdcUrl.ts pairs these with their Lightning hosts
	[overHttps(`${myDomain}\\.my-(?:salesforce|lightning)\\.com`), 'https://$1.my-salesforce.com'],
	[overHttps(`${myDomain}\\.(?:my\\.sfcrmproducts|lightning\\.sfcrmapps)\\.cn`), 'https://$1.my.sfcrmproducts.cn'],
	[overHttps(`(${label}\\.(?:sandbox|develop|scratch|trailblaze|demo|free|patch))`), 'https://$1.my.salesforce.com'],
	[overHttps('([a-z0-9][a-z0-9-]{0,59}--[a-z0-9]+)'), 'https://$1.sandbox.my.salesforce.com'],
	[overHttps(`(${label})`), 'https://$1.my.salesforce.com'],
];

/** What surrounds a copied address: white space, invisible characters, quotes and angle brackets. */
const around = '[\\s\\u200b-\\u200d\\u2060"\'`<>\\u00ab\\u00bb\\u2018-\\u201f]+';
export const salesforceHostPadding = `^${around}|${around}$`;

/** Nobody's address is longer, and a bound keeps the patterns quick. */
export const salesforceHostMaxLength = 2000;

/** Shown when the sign-in address is missing or not Salesforce's; it never repeats the text, which may be a secret in the wrong field. */
export const salesforceHostRefusal = {
	message: 'The My Domain in this credential is not an address of Salesforce.',
	remedy: 'Enter the name or address that Salesforce shows under Setup > My Domain, such as foocorp or https://foocorp.my.salesforce.com.',
};

/** Turns what a person entered or copied from the browser into the origin of the org's API host; refuses everything that is not Salesforce's. */
export function parseSalesforceHost(text: string): string {
	const clean = text.slice(0, salesforceHostMaxLength).replace(new RegExp(salesforceHostPadding, 'g'), '').toLowerCase();
	const rule = salesforceHostRules.find(([pattern]) => new RegExp(pattern).test(clean));
	if (rule) return clean.replace(new RegExp(rule[0]), rule[1]);
	throw new CrmError('auth', { ...salesforceHostRefusal, code: 'INVALID_MY_DOMAIN', reason: 'wrong-address' });
}
