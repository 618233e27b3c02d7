import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A stand-in CRM of the demo. */
export interface DemoCrm {
	/** As people say it; the workflow's node for it has the same name. */
	readonly name: string;
	/** The address that records are looked at. */
	readonly url: string;
	readonly credential: { readonly type: string; readonly name: string; readonly data: ICredentialDataDecryptedObject };
	/** Signs in on the page that n8n sends the person to; answers where the browser is sent. */
	approve(authorizeUrl: string): Promise<string>;
	/** API calls that the CRM has counted so far. */
	callsCounted(): number;
	close(): Promise<void>;
}
