import type { Connection } from '../../model/connection';
import { crmWords } from './crmWords';

/** What is known about the org that a credential reaches instead of the registered one. */
export interface ReachedOrg {
	readonly orgId: string;
	/** Empty where nobody asked for it. */
	readonly orgName: string;
	/** Absent where only its id is known. */
	readonly instanceUrl?: string;
	/** Absent where the CRM was not asked. */
	readonly sandbox?: boolean;
}

/** Words for a credential that reaches another org than the registered one; both are named, and what happened most likely. */
export function otherOrgWords(connection: Connection, reached: ReachedOrg, credentialName: string): { readonly words: string; readonly whatToDo: string } {
	const { org } = crmWords[connection.crm];
	const registered = `"${connection.orgName}" (${connection.orgId})`;
	const now = reached.orgName === '' ? `the ${org} ${reached.orgId}` : `the ${org} "${reached.orgName}" (${reached.orgId})`;
	return {
		words: `The credential "${credentialName}" is registered for the ${org} ${registered}, but now reaches ${now}, so nothing is read or written.${likely(connection, reached)}`,
		whatToDo: `If this is not wanted, open the credential and connect the account of ${registered} again. If it is, run Check Health of the CRM Connection node once with ${reached.orgId} as the ${org} to confirm; records of the former ${org} have other ids.`,
	};
}

/** A refreshed sandbox keeps its address and gets a new id: https://help.salesforce.com/s/articleView?id=platform.data_sandbox_servers_and_ids.htm */
function likely(connection: Connection, { instanceUrl, sandbox }: ReachedOrg): string {
	if (instanceUrl === undefined) return '';
	const { org } = crmWords[connection.crm];
	const sameAddress = originOf(instanceUrl) === originOf(connection.instanceUrl);
	// Where only the tokens are known, the address of a sandbox stands for a sandbox.
	if (sameAddress && connection.sandbox && sandbox !== false) return ` Most likely the sandbox was refreshed: it then is a new ${org} at the same address.`;
	return ' Most likely a wrong account was chosen when the credential was connected.';
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : url;
}
