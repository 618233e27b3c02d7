import type { ICredentialDataDecryptedObject, IExecuteFunctions, ILoadOptionsFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { signInError } from '../crm/salesforce/errors/toCrmError';
import type { CrmKind } from '../model/crmAdapter';
import type { CrmError } from '../model/crmError';
import { salesforceSignInOrigin } from './credentialAddress';

/** The n8n contexts in which a CRM can be reached. */
export type CrmContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** One way to sign in to a CRM, and the n8n credential that holds it. */
export interface CredentialKind {
	/** Name of the n8n credential type, and value of *Connect With*: nodes name it twice in their `credentials`. */
	readonly credentialType: string;
	readonly crm: CrmKind;
	/** Name of the CRM, as people say it. */
	readonly crmName: string;
	/** As the person reads it under *Connect With*. */
	readonly label: string;
	readonly description: string;
	/** Where the credential signs in; throws a `CrmError` when its fields name no host of that CRM. */
	readonly signInOrigin: (credential: ICredentialDataDecryptedObject) => string;
	/** Words for what the CRM's token endpoint answered: OAuth's `error` and `error_description`. */
	readonly signInError: (error: string, description: string) => CrmError;
}

const kinds: readonly CredentialKind[] = [
	{ credentialType: 'crmSalesforceOAuth2Api', crm: 'salesforce', crmName: 'Salesforce', label: 'Salesforce OAuth2', description: 'A person signs in to Salesforce in the browser, once', signInOrigin: salesforceSignInOrigin, signInError },
];

/** The sign-in that a value of *Connect With* stands for. */
export function credentialKind(connectWith: string): CredentialKind {
	const kind = kinds.find((candidate) => candidate.credentialType === connectWith);
	if (!kind) throw new Error(`Connect With has no option "${connectWith}"`);
	return kind;
}

/** The choice of a sign-in, first in every node; beside it a node lists the credentials, each shown for its value here. */
export const connectWithProperty: INodeProperties = {
	displayName: 'Connect With',
	name: 'connectWith',
	type: 'options',
	noDataExpression: true,
	options: kinds.map(({ label, credentialType, description }) => ({ name: label, value: credentialType, description })),
	default: kinds[0].credentialType,
	description: 'How this node signs in to the CRM',
};
