import { parseSalesforceHost, salesforceHostMaxLength, salesforceHostPadding, salesforceHostRefusal, salesforceHostRules } from '../crm/salesforce/host';
import { refusing } from './addressExpression';

/** The two fields of a Salesforce credential that decide where it signs in. */
export interface SalesforceAddress {
	readonly environment?: unknown;
	readonly domain?: unknown;
}

/** The origin at which a Salesforce credential signs in. */
export function salesforceSignInOrigin({ environment, domain }: SalesforceAddress): string {
	if (environment === 'production') return parseSalesforceHost('login');
	if (environment === 'sandbox') return parseSalesforceHost('test');
	// A number is what an expression in the field may give.
	return parseSalesforceHost(typeof domain === 'string' || typeof domain === 'number' ? String(domain) : '');
}

/** An n8n expression with the same answer as `salesforceSignInOrigin`, followed by a path. */
export function salesforceUrlExpression(path: string): string {
	const rules = JSON.stringify(salesforceHostRules);
	const refusal = JSON.stringify(`${salesforceHostRefusal.message} ${salesforceHostRefusal.remedy}`);
	const padding = JSON.stringify(salesforceHostPadding);
	return `={{ ((text, rules) => {
		const clean = text.slice(0, ${salesforceHostMaxLength}).replace(new RegExp(${padding}, "g"), "").toLowerCase();
		const rule = rules.find(([pattern]) => new RegExp(pattern).test(clean));
		if (rule) return clean.replace(new RegExp(rule[0]), rule[1]) + ${JSON.stringify(path)};
		${refusing(refusal)}
	})($self["environment"] === "production" ? "login" : $self["environment"] === "sandbox" ? "test" : String($self["domain"] ?? ""), ${rules}) }}`;
}
