import type { Secrets } from '../signIn/Passwords';
import type { OrgContext } from './OrgContext';
import type { NewUser, OrgUser } from './Users';

/** A new user with a password and a security token. */
export function addUser(org: OrgContext, wanted: NewUser = {}): OrgUser {
	const user = org.users.add(wanted);
	org.passwords.set(user.id, wanted);
	return user;
}

/** A new password and security token; sessions end, refresh tokens live on. https://help.salesforce.com/s/articleView?id=sf.resetting_and_expiring_passwords.htm */
export function resetPassword(org: OrgContext, userId: string, password?: string): Secrets {
	org.sessions.endOf({ userId });
	return org.passwords.set(userId, { password });
}
