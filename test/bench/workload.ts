/** The CRMs that are measured; each has a venue and contestants. */
export type BenchCrm = 'salesforce' | 'dynamics';

/** What every contestant of the bench has to bring into its CRM. */
export interface BenchLead {
	readonly FirstName: string;
	readonly LastName: string;
	readonly Company: string;
	readonly Email: string;
	readonly Phone: string;
}

/** Where and what; handed to a contestant's process as JSON. */
export interface BenchTask {
	readonly crm: BenchCrm;
	readonly contestant: string;
	readonly instanceUrl: string;
	/** Where people sign in; nobody has to, while `accessToken` is good. */
	readonly loginUrl: string;
	readonly accessToken: string;
	readonly leads: number;
}

/** What a contestant's process reports. */
export interface BenchReport {
	/** From the first item in hand to the last result, in milliseconds; loading n8n and the client is not counted. */
	readonly milliseconds: number;
	/** Highest resident memory of the process, in bytes, after loading and at the end. */
	readonly memoryBefore: number;
	readonly memoryAfter: number;
	readonly written: number;
}

/** Brings the leads in and returns how many were written; `prepare` loads what is not to be timed. */
export interface Contestant {
	/** The records that it makes, where it cannot make leads. */
	readonly makes?: string;
	/** Whether a duplicate rule watches the e-mail of leads, as in Dynamics 365 from the start. */
	readonly duplicateRule?: boolean;
	prepare(task: BenchTask): Promise<() => Promise<number>>;
}

/** New leads, none of which is in the org. */
export function benchLeads(count: number): BenchLead[] {
	return Array.from({ length: count }, (_, index) => ({
		FirstName: `First ${index}`,
		LastName: `Last ${index}`,
		Company: `Company ${index % 97}`,
		Email: `lead.${index}@example.com`,
		Phone: `+1 555 ${String(index).padStart(7, '0')}`,
	}));
}
