import type { KeyObject } from 'node:crypto';

/** An app's proof of who it is. */
export type AppProof =
	| { readonly by: 'secret'; readonly secret: string }
	/** `thumbprint` is SHA-256 in hexadecimal digits; `expiresAt` in milliseconds since 1970. */
	| { readonly by: 'certificate'; readonly privateKey: KeyObject; readonly thumbprint: string; readonly expiresAt: number };

/** Everything that an app needs to sign in to an environment, checked and cleaned. */
export interface AppSignIn {
	/** Origin of the sign-in service. */
	readonly authority: string;
	/** GUID or domain. */
	readonly tenant: string;
	readonly clientId: string;
	readonly proof: AppProof;
	/** Origin of the environment: what the token is for, and where the API is. */
	readonly environment: string;
}
