import { generateKeyPairSync } from 'node:crypto';

import type { CoreRunner } from '../../n8n/coreRunner';
import type { NewOrg } from '../../standin';
import { server, SignInWorld, token } from './signInWorld';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

/** An org that lets one way in, and what makes the org so, which a refreshed sandbox has lost. */
export interface SignInWay {
	open(runner: CoreRunner, org?: NewOrg): Promise<SignInWorld>;
	prepare(world: SignInWorld): void;
}

/** Every way to sign in without a browser. */
export const signInWays: Readonly<Record<string, SignInWay>> = {
	'user name and password': way({ passwordFlow: true }, token, (world) => void world.app(), (world) => world.userFields()),
	'user name and password by SOAP': way({ soapLogin: true }, token, () => undefined, (world) => ({ ...world.userFields(), consumerKey: '', consumerSecret: '' })),
	'client credentials': way({}, server, (world) => void world.app({ runAs: world.org.users[0].id }), () => ({ flow: 'clientCredentials' })),
	'a signed request': way(
		{},
		server,
		(world) => {
			world.app({ certificate: publicKey, permittedUsers: 'adminApproved' });
			world.org.preauthorize({ clientId: 'consumer-key' }, world.org.users[0]);
		},
		(world) => ({ flow: 'jwt', username: world.org.users[0].username, privateKey }),
	),
};

function way(policy: NewOrg, type: string, prepare: SignInWay['prepare'], fields: (world: SignInWorld) => Parameters<SignInWorld['fill']>[0]): SignInWay {
	return {
		prepare,
		async open(runner, org = {}) {
			const world = await SignInWorld.open(runner, type, { ...policy, ...org });
			prepare(world);
			return world.fill(fields(world));
		},
	};
}
