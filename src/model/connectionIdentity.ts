/** Who is signed in, and where: what a connection is known by. */
export interface ConnectionIdentity {
	/** The CRM's id of the org or environment; the same for every credential that reaches it. */
	readonly orgId: string;
	readonly orgName: string;
	/** The CRM's own name of the edition (`Enterprise Edition`). */
	readonly edition: string;
	/** As the CRM itself says, never guessed from a URL. */
	readonly sandbox: boolean;
	readonly instanceUrl: string;
	readonly user: { readonly id: string; readonly name: string; readonly username: string; readonly email?: string };
}

/** API calls of the org in its rolling day, as the CRM last reported; all users and apps together. */
export interface ApiUsage {
	/** Calls used in the last 24 hours; absent before the first answer. */
	readonly used?: number;
	readonly limit?: number;
	/** Calls that this adapter made since it was opened, counted as the CRM bills them, retries included. */
	readonly callsMade: number;
	/** Single operations in those calls, where the CRM counts them against an allowance of their own. */
	readonly operationsMade?: number;
}
