import { BlockList } from 'node:net';

/** How an org stands with Salesforce; only an active one lets anybody in. */
export type OrgStatus = 'active' | 'inactive' | 'locked' | 'trialExpired' | 'maintenance';

/** What an administrator sets for the whole org. The defaults are those of an org made today. */
export interface SignInPolicy {
	/** "Allow OAuth Username-Password Flows", off in orgs made since Summer '23. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_disable_username_password_flow_ca.htm */
	passwordFlow: boolean;
	/** SOAP login(), off in new orgs and gone from v65.0. https://help.salesforce.com/s/articleView?id=005132110 */
	soapLogin: boolean;
	/** Whether the edition has the API. https://help.salesforce.com/s/articleView?id=000385436 */
	apiAccess: boolean;
	/** Sign-ins at login.salesforce.com or test.salesforce.com are refused. https://help.salesforce.com/s/articleView?id=xcloud.domain_name_setting_login_policy.htm */
	myDomainOnly: boolean;
	/** Addresses (`10.0.0.1` or `10.0.0.1-10.0.0.9`) that need no security token. https://help.salesforce.com/s/articleView?id=sf.security_networkaccess.htm */
	trustedIps: readonly string[];
	/** Wrong passwords until a user is locked, and for how many minutes; 0 minutes is until unlocked. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_securitysettings.htm */
	lockout: Lockout;
	status: OrgStatus;
}

/** After how many wrong passwords a user is locked, and for how long. */
export interface Lockout {
	readonly attempts: number;
	readonly minutes: number;
}

const withoutApi = ['Professional Edition', 'Group Edition', 'Team Edition', 'Base Edition'];

/** The settings of a new org of an edition. */
export const policyOf = (edition: string, wanted: Partial<SignInPolicy>): SignInPolicy => ({
	passwordFlow: wanted.passwordFlow ?? false,
	soapLogin: wanted.soapLogin ?? false,
	apiAccess: wanted.apiAccess ?? !withoutApi.includes(edition),
	myDomainOnly: wanted.myDomainOnly ?? false,
	trustedIps: wanted.trustedIps ?? [],
	lockout: wanted.lockout ?? { attempts: 10, minutes: 15 },
	status: wanted.status ?? 'active',
});

/** Whether an IPv4 address lies in one of the ranges. */
export function isWithin(ip: string, ranges: readonly string[]): boolean {
	const list = new BlockList();
	for (const range of ranges) {
		const [start, end = start] = range.split('-').map((part) => part.trim());
		list.addRange(start, end);
	}
	return list.check(ip);
}
