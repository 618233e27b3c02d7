import type { Clock } from '../../salesforce/time';
import type { EntraApp, EntraUser } from './apps';
import { EntraError } from './EntraError';

/** What a person granted to an app. */
export interface Grant {
	readonly app: EntraApp;
	readonly user: EntraUser;
	readonly scope: string;
	/** When the person signed in, in milliseconds since 1970. */
	readonly signedInAt: number;
	readonly nonce: string | undefined;
}

interface Code extends Grant {
	readonly redirectUri: string;
	readonly challenge: string | undefined;
	used: boolean;
}

interface Refresh extends Grant {
	/** When it was handed out. */
	readonly at: number;
	revoked: boolean;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** The codes and refresh tokens of one tenant. https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens */
export class Grants {
	private readonly codes = new Map<string, Code>();
	private readonly refreshes = new Map<string, Refresh>();

	constructor(private readonly clock: Clock) {}

	/** A new authorization code; it lives for ten minutes and works once. */
	addCode(code: Omit<Code, 'used' | 'signedInAt'>): string {
		const text = `1.code-${this.codes.size + 1}`;
		this.codes.set(text, { ...code, signedInAt: this.clock(), used: false });
		return text;
	}

	/** The grant behind a code; `challenge` is what the verifier of the request hashes to. */
	redeem(text: string | undefined, { app, redirectUri, challenge }: { app: EntraApp; redirectUri: string | undefined; challenge: string | undefined }): Grant {
		const code = this.codes.get(text ?? '');
		if (code?.app !== app) throw new EntraError(70000);
		if (code.used) throw new EntraError(54005);
		if (this.clock() - code.signedInAt > 10 * minute) throw new EntraError(70008);
		if (code.redirectUri !== redirectUri) throw new EntraError(70000);
		if (code.challenge !== challenge) throw new EntraError(501481);
		code.used = true;
		return code;
	}

	/** A new refresh token; the older ones of the same grant stay good. */
	addRefresh({ app, user, scope, signedInAt, nonce }: Grant): string {
		const text = `1.refresh-${this.refreshes.size + 1}`;
		this.refreshes.set(text, { app, user, scope, signedInAt, nonce, at: this.clock(), revoked: false });
		return text;
	}

	/** The grant behind a refresh token, unless it is unused for 90 days, a day old in a single-page app, or revoked. */
	refresh(text: string | undefined, app: EntraApp): Grant {
		const refresh = this.refreshes.get(text ?? '');
		if (refresh?.app !== app) throw new EntraError(70000);
		if (refresh.revoked) throw new EntraError(50173);
		if (app.platform === 'spa' && this.clock() - refresh.signedInAt > day) throw new EntraError(700084);
		if (this.clock() - refresh.at > 90 * day) throw new EntraError(700082, { issued: new Date(refresh.at).toISOString() });
		return refresh;
	}

	revokeOf(user: EntraUser): void {
		for (const refresh of this.refreshes.values()) if (refresh.user === user) refresh.revoked = true;
	}
}
