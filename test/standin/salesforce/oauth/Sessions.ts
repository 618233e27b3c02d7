import { createHash } from 'node:crypto';
import type { Clock } from '../time';

/** A signed-in session and where it came from. */
export interface Session {
	readonly token: string;
	readonly userId: string;
	readonly scopes: readonly string[];
	readonly issuedAt: number;
	/** The approval it belongs to; none when a test issued it. */
	readonly familyId?: string;
	readonly clientId?: string;
}

/** The access tokens of one org. A session ends after two hours without use, by revocation or by a fault. */
export class Sessions {
	private readonly sessions = new Map<string, { session: Session; lastUsed: number }>();
	private issued = 0;

	/** `timeoutMinutes` is the org's session policy: https://help.salesforce.com/s/articleView?id=sf.admin_sessions.htm */
	constructor(private readonly orgId: string, private readonly clock: Clock, readonly timeoutMinutes: number) {}

	issue(userId: string, from: Partial<Pick<Session, 'scopes' | 'familyId' | 'clientId'>> = {}): Session {
		this.issued += 1;
		const secret = createHash('sha256').update(`${this.orgId} session ${this.issued}`).digest('hex');
		const session = { scopes: ['api', 'id', 'web'], ...from, token: `${this.orgId.slice(0, 15)}!AQ4AQ.${secret}`, userId, issuedAt: this.clock() };
		this.sessions.set(session.token, { session, lastUsed: this.clock() });
		return session;
	}

	/** The live session of a token; using it keeps it alive. */
	find(token: string): Session | undefined {
		const entry = this.sessions.get(token);
		if (!entry || this.clock() - entry.lastUsed > this.timeoutMinutes * 60_000) return undefined;
		entry.lastUsed = this.clock();
		return entry.session;
	}

	end(token: string): boolean {
		return this.sessions.delete(token);
	}

	endFamily(familyId: string): void {
		for (const [token, { session }] of this.sessions) if (session.familyId === familyId) this.sessions.delete(token);
	}

	/** Ends the sessions of a user, or those an app opened. */
	endOf({ userId, clientId }: { readonly userId?: string; readonly clientId?: string }): void {
		for (const [token, { session }] of this.sessions) if (session.userId === userId || (clientId !== undefined && session.clientId === clientId)) this.sessions.delete(token);
	}

	endAll(): void {
		this.sessions.clear();
	}
}
