import type { Connection, SignIn } from '../model/connection';
import type { ApiUsage, ConnectionIdentity } from '../model/connectionIdentity';
import type { EntityDescription, EntityRights, Right } from '../model/entity';
import type { Diagnosis } from './diagnosis';
import { allowedRights, missingRights, rightsWarnings } from './rights';

/** Everything that one check found out; what it did not get to is absent. */
export interface HealthFindings {
	readonly entity: string;
	readonly neededRights: readonly Right[];
	/** When it was checked, in ISO form. */
	readonly checkedAt: string;
	/** Where a person opens the credential in n8n. */
	readonly credentialUrl?: string;
	readonly identity?: ConnectionIdentity;
	readonly description?: EntityDescription;
	/** How far the rights of the user reach, or that the CRM did not tell; absent where the description says all there is. */
	readonly rights?: EntityRights | 'untold';
	readonly usage?: ApiUsage;
	/** What somebody should know, apart from rights. */
	readonly warnings?: readonly Diagnosis[];
	/** What stopped the check, or kept it from beginning. */
	readonly failure?: Diagnosis;
	/** What the registry knows of the connection and of the credential's sign-in, after the check. */
	readonly registered?: { readonly connection: Connection; readonly signIn?: SignIn };
}

export interface HealthProblem extends Diagnosis {
	/** Where a person opens the credential in n8n; absent when the node has none. */
	readonly credentialUrl?: string;
}

/** What a health check reports: plain data, the same keys in every case, `null` for what is not known. */
export interface HealthReport {
	readonly healthy: boolean;
	readonly connection: {
		readonly orgId: string;
		readonly orgName: string;
		readonly edition: string;
		readonly environment: 'production' | 'sandbox';
		readonly instanceUrl: string;
		readonly signedInAs: { readonly name: string; readonly username: string; readonly email: string | null };
	} | null;
	/** How the connection stands in the registry; `null` where it was never reached. */
	readonly registry: {
		readonly name: string;
		readonly status: Connection['status'];
		readonly runAutomatically: boolean;
		readonly signIn: { readonly status: SignIn['status']; readonly since: string; readonly lastWellAt: string | null; readonly unreachableSince: string | null } | null;
	} | null;
	readonly apiAccess: boolean | null;
	readonly object: string;
	readonly rights: Readonly<Record<Right, boolean>> | null;
	/** Calls of the whole org in its rolling 24 hours. */
	readonly apiUsage: { readonly used: number; readonly limit: number; readonly left: number; readonly percent: number } | null;
	readonly problems: readonly HealthProblem[];
	/** What somebody should know although all is well now; it makes nothing unhealthy. */
	readonly warnings: readonly HealthProblem[];
	readonly checkedAt: string;
}

/** Puts together what a check found out; healthy means that everything asked for is there. */
export function healthReport(findings: HealthFindings): HealthReport {
	const { entity, identity, description, usage, failure, checkedAt, credentialUrl, registered, warnings = [] } = findings;
	const diagnoses = [...(failure ? [failure] : []), ...missingRights(findings)];
	const linked = (diagnosis: Diagnosis): HealthProblem => (credentialUrl ? { ...diagnosis, credentialUrl } : diagnosis);
	const problems = diagnoses.map(linked);
	return {
		healthy: problems.length === 0,
		connection: identity ? connectionOf(identity) : null,
		registry: registered ? registryOf(registered) : null,
		apiAccess: identity ? true : failure?.cause === 'api-disabled' ? false : null,
		object: entity,
		rights: description ? allowedRights(description, findings.rights) : null,
		apiUsage: usage ? usageOf(usage) : null,
		problems,
		warnings: [...warnings, ...rightsWarnings(findings)].map(linked),
		checkedAt,
	};
}

function connectionOf({ orgId, orgName, edition, sandbox, instanceUrl, user }: ConnectionIdentity): HealthReport['connection'] {
	const { name, username, email = null } = user;
	return { orgId, orgName, edition, environment: sandbox ? 'sandbox' : 'production', instanceUrl, signedInAs: { name, username, email } };
}

function registryOf({ connection: { name, status, runAutomatically }, signIn }: NonNullable<HealthFindings['registered']>): HealthReport['registry'] {
	return { name, status, runAutomatically, signIn: signIn ? signInOf(signIn) : null };
}

function signInOf({ status, statusSince: since, lastWellAt, unreachableSince }: SignIn): NonNullable<NonNullable<HealthReport['registry']>['signIn']> {
	return { status, since, lastWellAt, unreachableSince };
}

function usageOf({ used, limit }: ApiUsage): HealthReport['apiUsage'] {
	if (used === undefined || limit === undefined || limit <= 0) return null;
	return { used, limit, left: Math.max(0, limit - used), percent: Math.round((used / limit) * 1000) / 10 };
}
