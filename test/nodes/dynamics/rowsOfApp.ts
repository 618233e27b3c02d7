import { newCertificate } from '../../standin/dataverse';
import type { CauseRow } from './describeCauses';
import type { DynamicsWorld } from './DynamicsWorld';

const day = 86_400_000;
const reachableOnce = async (world: DynamicsWorld): Promise<DynamicsWorld> => (await world.withSecret().works()).expires();

/** How an app's sign-in to Dynamics 365, or what it reaches, fails. */
export const appRows: readonly CauseRow[] = [
	{ cause: 'proven: client-secret-wrong', when: 'the secret is wrong', code: 'AADSTS7000215', arrange: (world) => world.withSecret({ clientSecret: 'another~secret' }) },
	{ cause: 'likely: client-secret-id', when: 'the Secret ID was pasted', code: 'AADSTS7000215', words: /Secret ID/, arrange: (world) => world.withSecret({ clientSecret: '51f81489-12ee-4a9e-aaae-a2591f45987d' }) },
	{
		cause: 'proven: client-secret-expired',
		when: 'the secret has expired',
		code: 'AADSTS7000222',
		arrange: (world) => world.withSecret({}, { secrets: [{ value: 'the~secret~of~the~app', expiresAt: Date.now() - day }] }),
	},
	{
		cause: 'likely: client-secret-rotated',
		when: 'the secret was replaced after it had worked',
		code: 'AADSTS7000215',
		words: /does not accept the client secret\. It last worked/,
		arrange: async (world) => void (await reachableOnce(world)).app.secrets.splice(0),
	},
	{
		cause: 'proven: certificate-unknown',
		when: 'the certificate is not in the app',
		code: 'AADSTS700027',
		arrange: async (world) => {
			const { certificate, privateKey } = await newCertificate();
			(await world.withCertificate()).edit({ certificate, privateKey });
		},
	},
	{
		cause: 'proven: certificate-expired',
		when: 'the certificate has expired',
		code: 'CERTIFICATE_EXPIRED',
		words: /nothing was sent/,
		arrange: async (world) => await world.withCertificate({}, { notBefore: Date.now() - 9 * day, notAfter: Date.now() - day }),
	},
	{
		cause: 'proven: credential-unreadable',
		when: 'certificate and key are of two pairs',
		code: 'CERTIFICATE_UNREADABLE',
		words: /do not belong together/,
		arrange: async (world) => (await world.withCertificate()).edit({ privateKey: (await newCertificate()).privateKey }),
	},
	{
		cause: 'likely: clock-off',
		when: 'the clocks differ by an hour, and a certificate signs',
		code: 'AADSTS700024',
		words: /60 minutes behind/,
		arrange: async (world) => (await world.withCertificate()).hoursLater(1),
	},
	{
		cause: 'likely: clock-off',
		when: 'Microsoft refuses the times of a signed request, whatever the clocks say',
		code: 'AADSTS500133',
		words: /refused the times/,
		arrange: async (world) => (await world.withCertificate()).tenant.faults.refuse('AADSTS500133'),
	},
	{
		cause: 'unknown: assertion-refused',
		when: 'a signed request is refused for another reason',
		code: 'AADSTS50012',
		words: /It said: \w/,
		arrange: async (world) => (await world.withCertificate()).tenant.faults.refuse('AADSTS50012'),
	},
	{
		cause: 'likely: certificate-changed',
		when: 'the same happens after it had worked',
		code: 'AADSTS50012',
		words: /It said: .*It last worked on/,
		arrange: async (world) => (await (await world.withCertificate()).works()).expires().tenant.faults.refuse('AADSTS50012'),
	},
	{ cause: 'proven: app-not-in-tenant', when: 'the app was deleted', code: 'AADSTS700016', arrange: (world) => world.tenant.removeApp(world.withSecret().app) },
	{
		cause: 'proven: app-refused',
		when: 'the app is disabled',
		code: 'AADSTS7000112',
		words: /disabled/,
		arrange: (world) => void (world.withSecret().app.disabled = true),
	},
	{ cause: 'proven: tenant-unknown', when: 'the tenant is mistyped', code: 'AADSTS90002', arrange: (world) => world.withSecret({ tenantId: 'nowhere.example' }) },
	{
		cause: 'proven: wrong-cloud',
		when: 'the tenant lives in another cloud',
		code: 'AADSTS900382',
		arrange: (world) => world.withSecret({ tenantId: world.dataverse.createTenant({ cloud: 'usGovernment' }).id }),
	},
	{
		cause: 'proven: wrong-cloud',
		when: 'the address is one of another cloud',
		code: 'OTHER_CLOUD',
		arrange: (world) => world.withSecret({ environmentType: 'public', environmentUrl: 'https://foocorp.crm.microsoftdynamics.us' }),
	},
	{
		cause: 'proven: environment-unknown',
		when: 'the tenant knows nothing at the address',
		code: 'AADSTS500011',
		arrange: (world) => world.withSecret({ environmentUrl: 'http://127.0.0.1:9' }),
	},
	{
		cause: 'proven: no-run-as-user',
		when: 'the environment has no application user for the app',
		code: '0x80072560',
		words: /no application user/,
		arrange: (world) => world.environment.removeUser(world.withSecret().environment.users.at(-1)!),
	},
	{
		cause: 'proven: user-inactive',
		when: 'the application user is disabled',
		code: '0x80040225',
		arrange: (world) => world.environment.setUserDisabled(world.withSecret().environment.users.at(-1)!, true),
	},
	{ cause: 'proven: maintenance', when: 'the environment is in administration mode', code: '0x8004a104', arrange: async (world) => {
		const app = world.tenant.addApp({ secrets: ['the~secret~of~the~app'] });
		world.withSecret({ clientId: app.clientId });
		world.environment.addApplicationUser(app);
		world.environment.setMode('administration');
	} },
	{ cause: 'likely: environment-gone', when: 'the environment was deleted after it had worked', words: /renamed, deleted or disabled/, arrange: async (world) => (await world.withSecret().works()).environment.setMode('gone') },
	{ cause: 'proven: environment-unknown', when: 'the environment was deleted before', code: 'AADSTS500011', arrange: (world) => world.withSecret().environment.setMode('gone') },
	{ cause: 'proven: crm-failing', when: 'Microsoft Entra ID is busy', code: 'AADSTS90033', words: /Entra ID/, arrange: (world) => world.withSecret().tenant.faults.refuse('AADSTS90033') },
	{ cause: 'proven: crm-failing', when: 'a gateway answers with a page in place of Microsoft Entra ID', arrange: (world) => world.withSecret().tenant.faults.serverError({ status: 502, html: true }) },
	{ cause: 'proven: crm-failing', when: 'a gateway answers with a page in place of the environment', arrange: (world) => world.withSecret().environment.faults.gatewayError({ status: 502 }) },
	{
		cause: 'proven: request-limit',
		when: 'the service protection limit is reached',
		code: '0x80072322',
		arrange: (world) => world.withSecret().environment.faults.serviceProtection('requests', { retryAfter: 300 }),
	},
	{ cause: 'unknown: token-refused', when: 'every token is refused', arrange: (world) => world.withSecret().environment.faults.alwaysUnauthorized() },
	{ cause: 'proven: unreachable', when: 'nothing listens at the sign-in address', code: 'ECONNREFUSED', arrange: (world) => world.withSecret({ authorityUrl: 'http://127.0.0.1:9' }) },
	{ cause: 'proven: object-not-found', when: 'there is no such table', object: 'nonsense', code: '0x80041102', arrange: (world) => world.withSecret() },
	{ cause: 'proven: login-ip', when: 'the firewall of the environment keeps n8n out', code: '0x80095ffe', arrange: (world) => world.withSecret().environment.faults.ipFirewall() },
];
