import { LOOPBACK } from './ports';

/** Where one private n8n lives. */
export interface N8nPlace {
	readonly userFolder: string;
	readonly port: number;
	readonly brokerPort: number;
	readonly baseUrl: string;
}

/** Settings of the surrounding process that would make this n8n another one, or a test build of itself. */
const FOREIGN = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL|GENERIC_|CODE_|NODE_ENV|NODE_OPTIONS|NODE_PATH|JEST_|npm_)/;

/** The environment of a private n8n: its own folder, loopback only, no telemetry, no calls home. */
export function n8nEnvironment(place: N8nPlace, more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
	return {
		...inherited,
		N8N_USER_FOLDER: place.userFolder,
		N8N_HOST: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(place.port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: place.baseUrl,
		WEBHOOK_URL: `${place.baseUrl}/`,
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_LOG_LEVEL: 'info',
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: 'UTC',
		NO_PROXY: `${LOOPBACK},localhost`,
		no_proxy: `${LOOPBACK},localhost`,
		...more,
	};
}
