import { CallLog } from '../calls';
import type { Clock } from '../../salesforce/time';
import { TenantFaults } from '../faults/TenantFaults';
import { GuidSource } from '../guids';
import { newApp, type EntraApp, type EntraUser, type NewApp } from './apps';
import { Grants } from './Grants';

/** What to set of a new tenant; everything has a default. */
export interface NewTenant {
	readonly id?: string;
	readonly name?: string;
	/** Which of the two clouds of the stand-in the tenant lives in. https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud */
	readonly cloud?: Cloud;
}

/** The clouds of the stand-in; their tenants do not know each other. */
export type Cloud = 'public' | 'usGovernment';

/** One Entra ID tenant: its apps, its people and how they sign in. */
export class Tenant {
	readonly id: string;
	readonly name: string;
	readonly domain: string;
	readonly cloud: Cloud;
	/** Switches for what may go wrong at the sign-in. */
	readonly faults = new TenantFaults();
	/** Requests to the token and authorize endpoints; secrets are shown as `…`. */
	readonly calls = new CallLog();
	/** What was granted and not yet used up: codes and refresh tokens. */
	readonly grants: Grants;
	readonly apps: EntraApp[] = [];
	readonly users: EntraUser[] = [];
	readonly guids: GuidSource;

	constructor(
		wanted: NewTenant,
		private readonly place: { readonly ordinal: number; readonly clock: Clock; readonly loginUrl: () => string },
	) {
		this.guids = new GuidSource(0xe000 + place.ordinal);
		this.id = wanted.id ?? this.guids.next();
		this.name = wanted.name ?? `Contoso ${place.ordinal}`;
		this.domain = `${this.name.toLowerCase().replace(/[^a-z0-9]+/g, '')}.onmicrosoft.com`;
		this.cloud = wanted.cloud ?? 'public';
		this.grants = new Grants(place.clock);
	}

	get loginUrl(): string {
		return this.place.loginUrl();
	}
	get authority(): string {
		return `${this.loginUrl}/${this.id}`;
	}
	get issuer(): string {
		return `${this.authority}/v2.0`;
	}
	get authorizeUrl(): string {
		return `${this.authority}/oauth2/v2.0/authorize`;
	}
	get tokenUrl(): string {
		return `${this.authority}/oauth2/v2.0/token`;
	}

	/** What MSAL takes as `authorityMetadata` beside an https authority, so that it sends its requests here without TLS and without discovery. */
	get authorityMetadata(): string {
		const urls = { authorization_endpoint: this.authorizeUrl, token_endpoint: this.tokenUrl, jwks_uri: `${this.authority}/discovery/v2.0/keys` };
		return JSON.stringify({ ...urls, issuer: this.issuer, end_session_endpoint: `${this.authority}/oauth2/v2.0/logout` });
	}

	addApp(app: NewApp = {}): EntraApp {
		const made = newApp(app, this.guids);
		this.apps.push(made);
		return made;
	}

	/** Deletes an app registration: AADSTS700016 from then on. */
	removeApp(app: Pick<EntraApp, 'clientId'>): void {
		const index = this.apps.findIndex((one) => one.clientId === app.clientId);
		if (index >= 0) this.apps.splice(index, 1);
	}

	addUser({ upn, name }: { upn?: string; name?: string } = {}): EntraUser {
		const ordinal = this.users.length + 1;
		const user: EntraUser = {
			id: this.guids.next(),
			upn: upn ?? `user${ordinal}@${this.domain}`,
			name: name ?? `User ${ordinal}`,
			disabled: false,
			passwordExpired: false,
			mfaRequired: false,
			blockedByConditionalAccess: false,
			sessionsRevokedAt: -Infinity,
		};
		this.users.push(user);
		return user;
	}

	/** Ends every sign-in of a person: AADSTS50173 on the next refresh. */
	revokeSessions(user: EntraUser): void {
		user.sessionsRevokedAt = this.place.clock();
		this.grants.revokeOf(user);
	}

	/** Takes the consent back: AADSTS65001 until someone consents again. */
	revokeConsent(app: EntraApp): void {
		app.consent = false;
	}

	app(clientId: string | undefined): EntraApp | undefined {
		return this.apps.find((app) => app.clientId.toLowerCase() === clientId?.toLowerCase());
	}

	/** Whether a path names this tenant, by id or by domain. */
	isNamed(text: string): boolean {
		return [this.id, this.domain].includes(text.toLowerCase());
	}
}
