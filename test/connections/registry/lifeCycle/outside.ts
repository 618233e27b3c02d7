import type { ConnectionIdentity } from '../../../../src/model/connectionIdentity';

/** An org as the CRM has it. */
export interface OutsideOrg {
	readonly id: string;
	readonly sandbox: boolean;
	readonly instanceUrl: string;
	name: string;
	down: boolean;
}

/** A credential as n8n has it, and what the CRM thinks of it. */
export interface OutsideCredential {
	readonly id: string;
	/** Signing in sends a password. */
	readonly password: boolean;
	/** Its tokens name the org. */
	readonly tells: boolean;
	org: OutsideOrg;
	/** Grows with every edit. */
	content: number;
	accepted: boolean;
	unreadable: boolean;
}

/** Everything that is not the registry: two orgs in production, a sandbox, and the same sandbox after a refresh. */
export class Outside {
	readonly orgs: readonly OutsideOrg[] = ['foo', 'bar', 'uat', 'uat-refreshed'].map((id) => ({
		id,
		sandbox: id.startsWith('uat'),
		instanceUrl: `https://${id.split('-')[0]}.my.salesforce.com`,
		name: `Org ${id}`,
		down: false,
	}));
	readonly credentials: readonly OutsideCredential[] = [
		{ password: false, tells: true },
		{ password: false, tells: false },
		{ password: true, tells: true },
		{ password: true, tells: false },
	].map((kind, index) => ({ ...kind, id: `credential ${index}`, org: this.orgs[0], content: 0, accepted: true, unreadable: false }));
	now = Date.parse('2026-11-22T10:00:00.000Z');
	/** Of the key that fingerprints are made with. */
	key = 0;

	get time(): string {
		return new Date(this.now).toISOString();
	}

	/** Whether the credential names its org without a call. */
	tells({ tells, unreadable }: OutsideCredential): boolean {
		return tells && !unreadable;
	}

	/** What would come of a call with the credential. */
	answer({ unreadable, org, accepted }: OutsideCredential): 'unreadable' | 'unreachable' | 'refused' | 'answered' {
		if (unreadable) return 'unreadable';
		if (org.down) return 'unreachable';
		return accepted ? 'answered' : 'refused';
	}

	identity({ org, id }: OutsideCredential): ConnectionIdentity {
		const { name, sandbox, instanceUrl } = org;
		return { orgId: org.id, orgName: name, edition: 'Enterprise Edition', sandbox, instanceUrl, user: { id: `user of ${id}`, name: 'Ada', username: 'ada' } };
	}
}
