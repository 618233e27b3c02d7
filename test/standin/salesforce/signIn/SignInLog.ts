import type { OrgContext } from '../org/OrgContext';
import { toWireDateTime } from '../time';

/** The ways to sign in, as `grant_type` or protocol. */
export type SignInGrant = 'authorization_code' | 'refresh_token' | 'password' | 'client_credentials' | 'jwt-bearer' | 'soap';

/** Where somebody signs in: login.salesforce.com, test.salesforce.com, or an org's own host. */
export type SignInHostKind = 'login' | 'sandboxLogin' | 'myDomain';

/** One sign-in that was tried, without any secret. */
export interface SignInAttempt {
	/** Milliseconds since 1970, by the stand-in's clock. */
	readonly at: number;
	readonly grant: SignInGrant;
	readonly host: SignInHostKind;
	readonly ip: string;
	readonly username?: string;
	readonly clientId?: string;
	readonly accepted: boolean;
	/** The true reason in the words of Login History; `Success` when accepted. */
	readonly reason: string;
	/** What the caller was told; `ok` when accepted. */
	readonly answer: string;
}

/** What is known of a sign-in while it is being checked; filled in on the way. */
export interface SignIn {
	readonly grant: SignInGrant;
	readonly host: SignInHostKind;
	readonly ip: string;
	readonly loginUrl: string;
	org?: OrgContext;
	userId?: string;
	username?: string;
	clientId?: string;
	/** Only SOAP names one. */
	apiVersion?: string;
}

/** Every sign-in tried at one stand-in, oldest first; those of a known user stand in the org's Login History too. */
export class SignInLog {
	private readonly entries: Array<{ readonly org?: OrgContext; readonly attempt: SignInAttempt }> = [];

	constructor(private readonly clock: () => number) {}

	/** The attempts that concerned an org; all of them without one. */
	attempts(org?: OrgContext): readonly SignInAttempt[] {
		return this.entries.filter((entry) => !org || entry.org === org).map((entry) => entry.attempt);
	}

	accept(signIn: SignIn): void {
		this.add(signIn, { accepted: true, reason: 'Success', answer: 'ok' });
	}

	refuse(signIn: SignIn, told: Pick<SignInAttempt, 'reason' | 'answer'>): void {
		this.add(signIn, { accepted: false, ...told });
	}

	private add(signIn: SignIn, outcome: Pick<SignInAttempt, 'accepted' | 'reason' | 'answer'>): void {
		const { grant, host, ip, org, clientId, userId } = signIn;
		const username = signIn.username ?? org?.users.find(userId)?.username;
		this.entries.push({ org, attempt: { at: this.clock(), grant, host, ip, username, clientId, ...outcome } });
		if (org && userId) putLoginHistory(org, { ...signIn, userId }, outcome.reason);
	}
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_loginhistory.htm */
function putLoginHistory(org: OrgContext, { grant, userId, clientId, ip, loginUrl, apiVersion }: SignIn & { userId: string }, status: string): void {
	const soap = grant === 'soap';
	org.tables.put('LoginHistory', {
		Id: org.ids.next('0Ya'), IsDeleted: false, UserId: userId, LoginTime: toWireDateTime(org.clock()), LoginType: soap ? 'Other Apex API' : 'Remote Access 2.0',
		SourceIp: ip, LoginUrl: loginUrl.replace(/^https?:\/\//, ''), Application: (soap ? undefined : org.apps.find(clientId)?.name) ?? 'N/A', Browser: 'Unknown', Platform: 'Unknown',
		Status: status, ApiType: soap ? 'SOAP Partner' : 'N/A', ApiVersion: apiVersion ?? 'N/A', ClientVersion: 'N/A', CountryIso: 'FR',
	});
}
