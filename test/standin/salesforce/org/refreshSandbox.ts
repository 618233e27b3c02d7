import type { OrgContext } from './OrgContext';
import { addUser } from './standing';

/** What a refresh copies over: settings and metadata, and what belongs to the stand-in itself. */
const kept = ['calls', 'faults', 'schema', 'access', 'rules', 'signInPolicy', 'loginRules'] as const;

/**
 * Puts a fresh org in the place of a sandbox: same host, same users by name with new ids and security tokens; records, apps and sessions are gone.
 * https://developer.salesforce.com/docs/platform/salesforce-cli-reference/guide/cli_reference_org_refresh_sandbox.html, https://sfdx-hardis.cloudity.com/salesforce-sandbox-refresh/
 */
export function refreshSandbox(org: OrgContext, fresh: OrgContext): void {
	if (!org.sandbox) throw new Error('Only a sandbox of the stand-in can be refreshed');
	Object.assign(fresh, Object.fromEntries(kept.map((name) => [name, org[name]])));
	for (const user of org.users.all) {
		addUser(fresh, { ...user, ...user.permissions, active: org.users.isActive(user.id), password: org.passwords.of(user.id).password });
	}
	for (const metadata of ['RecordType', 'Group']) for (const row of org.tables.all(metadata)) fresh.tables.put(metadata, row);
	// Whoever holds the org holds it by this object.
	Object.defineProperties(org, Object.getOwnPropertyDescriptors(fresh));
}
