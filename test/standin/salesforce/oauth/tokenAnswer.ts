import { createHmac } from 'node:crypto';
import type { Session } from './Sessions';
import type { Client } from './client';

/** The fields every grant answers, and those that only some have. No grant tells when the session ends. */
export interface TokenFields {
	/** What JWT bearer answers: nothing more. */
	readonly always: { readonly access_token: string; readonly instance_url: string; readonly id: string; readonly token_type: 'Bearer' };
	readonly scope: string;
	readonly signed: { readonly issued_at: string; readonly signature: string };
}

/** Opens a session and puts it into the words of the token endpoint. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm */
export function openSession({ org, app }: Client, userId: string, from: Pick<Session, 'scopes' | 'familyId'>): TokenFields {
	const session = org.sessions.issue(userId, { ...from, clientId: app.clientId });
	const id = `${org.loginUrl}/id/${org.id}/${userId}`;
	const issuedAt = String(session.issuedAt);
	const signature = createHmac('sha256', app.clientSecret ?? '').update(id + issuedAt).digest('base64');
	return {
		always: { access_token: session.token, instance_url: org.instanceUrl, id, token_type: 'Bearer' },
		scope: session.scopes.join(' '),
		signed: { issued_at: issuedAt, signature },
	};
}
