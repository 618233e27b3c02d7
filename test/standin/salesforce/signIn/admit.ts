import { Refusal, type ReasonName } from './reasons';
import type { SignIn } from './SignInLog';
import { isWithin, type OrgStatus } from './SignInPolicy';

/** What else decides whether a user may come in. */
export interface Entry {
	/** Password and security token as typed; left out where another proof was given. */
	readonly password?: string;
	/** The app ignores the IP ranges of profiles. */
	readonly relaxIps?: boolean;
}

const closed: Record<Exclude<OrgStatus, 'active'>, ReasonName> = { inactive: 'orgInactive', locked: 'orgLocked', trialExpired: 'trialExpired', maintenance: 'maintenance' };
const atTheDoor = ['password', 'jwt-bearer', 'soap'];

/** Lets a known user of a known org in, or throws a Refusal: org, user, password, address, hour, in this order. */
export function admit(signIn: SignIn, { password, relaxIps = false }: Entry = {}): void {
	const { org, userId = '', host, ip } = signIn;
	if (!org) throw new Refusal('unknownUser');
	const { status, myDomainOnly, trustedIps } = org.signInPolicy;
	if (status !== 'active') throw new Refusal(closed[status]);
	if (myDomainOnly && host !== 'myDomain' && atTheDoor.includes(signIn.grant)) throw new Refusal('loginHostRefused');
	if (!org.users.isActive(userId)) throw new Refusal('inactive');
	if (org.passwords.isFrozen(userId)) throw new Refusal('frozen');
	const inProfileRange = org.loginRules.allowsIp(userId, ip);
	if (password !== undefined) {
		// A range of the profile vouches for the address as a trusted network does.
		const refused = org.passwords.check(userId, password, inProfileRange === true || isWithin(ip, trustedIps));
		if (refused) throw new Refusal(refused);
	}
	if (inProfileRange === false && !relaxIps) throw new Refusal('restrictedIp');
	if (!org.loginRules.allowsTime(userId, org.clock())) throw new Refusal('restrictedTime');
}
