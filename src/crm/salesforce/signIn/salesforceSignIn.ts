import type { KeyObject } from 'node:crypto';

interface Place {
	/** Origin of the host that is asked to sign in. */
	readonly origin: string;
}

/** OAuth's user-name-password flow. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_username_password_flow.htm */
export interface PasswordSignIn extends Place {
	readonly way: 'password';
	readonly consumerKey: string;
	readonly consumerSecret: string;
	readonly username: string;
	readonly password: string;
	/** Empty where the org trusts the address of this n8n. */
	readonly securityToken: string;
}

/** SOAP `login()`, which needs no app. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login.htm */
export interface SoapSignIn extends Place {
	readonly way: 'soap';
	readonly username: string;
	readonly password: string;
	readonly securityToken: string;
}

/** The app acts as the user it names. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm */
export interface ClientCredentialsSignIn extends Place {
	readonly way: 'clientCredentials';
	readonly consumerKey: string;
	readonly consumerSecret: string;
}

/** A request signed with the app's key. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm */
export interface JwtSignIn extends Place {
	readonly way: 'jwt';
	readonly consumerKey: string;
	readonly username: string;
	readonly privateKey: KeyObject;
	/** Whom the request is for: the general login page of production or of sandboxes. */
	readonly audience: string;
}

/** Everything that one way of signing in to Salesforce without a browser needs, checked and cleaned. */
export type SalesforceSignIn = PasswordSignIn | SoapSignIn | ClientCredentialsSignIn | JwtSignIn;

/** What may not appear in any text: secrets, and the name of the user, who is a person. */
export function secretsOf(given: SalesforceSignIn): string[] {
	return [
		...('consumerSecret' in given ? [given.consumerSecret] : []),
		...('password' in given ? [given.password + given.securityToken, given.password, given.securityToken] : []),
		...('username' in given ? [given.username] : []),
	];
}
