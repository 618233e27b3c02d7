import { join } from 'node:path';
import { StateStoreError } from '../model/stateStoreError';

/** In place of a folder: a store in memory that is gone when it is closed. */
export const IN_MEMORY = ':memory:';

/** Where the state store is, and what its keys are made from. */
export type StateStoreSettings =
	| {
			readonly kind: 'sqlite';
			/** Of the database file and the key file, or `IN_MEMORY`. */
			readonly folder: string;
			/** In place of the key file. */
			readonly encryptionKey?: string;
	  }
	| {
			readonly kind: 'postgres';
			readonly url: string;
			readonly encryptionKey: string;
	  };

type Environment = Readonly<Record<string, string | undefined>>;

function misconfigured(what: string, remedy: string): StateStoreError {
	return new StateStoreError('misconfigured', what, remedy);
}

/** The value of a variable, or of the file that the variable of the same name with `_FILE` names. */
function setting(name: string, env: Environment, readFile: (path: string) => string): string | undefined {
	const value = env[name]?.trim();
	if (value) return value;
	const file = env[`${name}_FILE`]?.trim();
	if (!file) return undefined;
	let content: string;
	try {
		content = readFile(file).trim();
	} catch {
		throw misconfigured(
			`The file that ${name}_FILE names cannot be read: ${file}`,
			'Correct the path, and let the user that n8n runs as read the file.',
		);
	}
	if (content === '') throw misconfigured(`The file that ${name}_FILE names is empty: ${file}`, `Put the value of ${name} into it.`);
	return content;
}

/** Why a file in n8n's folder may not be there tomorrow, or not be seen by all of n8n. */
function whyNotLocal(env: Environment): string | undefined {
	if (env.CRM_SYNC_ALLOW_LOCAL_STATE?.trim().toLowerCase() === 'true') return undefined;
	if (env.EXECUTIONS_MODE?.trim() === 'queue') return 'n8n runs in queue mode';
	const database = env.DB_TYPE?.trim();
	return database && database !== 'sqlite' ? `n8n keeps its own data in another database (DB_TYPE=${database})` : undefined;
}

function postgresSettings(url: string, encryptionKey: string | undefined): StateStoreSettings {
	if (!/^postgres(ql)?:\/\/./.test(url))
		throw misconfigured(
			'CRM_SYNC_DATABASE_URL is no address of a PostgreSQL database.',
			'Give it the form postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
		);
	if (!encryptionKey)
		throw misconfigured(
			'CRM_SYNC_DATABASE_URL is set and CRM_SYNC_ENCRYPTION_KEY is not.',
			'Set CRM_SYNC_ENCRYPTION_KEY (or CRM_SYNC_ENCRYPTION_KEY_FILE) to the same secret on every n8n process: openssl rand -base64 32 makes one.',
		);
	return { kind: 'postgres', url, encryptionKey };
}

/**
 * Where the state store is, from the environment of n8n: in PostgreSQL if `CRM_SYNC_DATABASE_URL` says so, else in n8n's user folder.
 * Throws `StateStoreError` (`misconfigured`). `readFile` reads the files that `…_FILE` variables name.
 */
export function stateStoreSettings(env: Environment, homeFolder: string, readFile: (path: string) => string): StateStoreSettings {
	const url = setting('CRM_SYNC_DATABASE_URL', env, readFile);
	const encryptionKey = setting('CRM_SYNC_ENCRYPTION_KEY', env, readFile);
	if (url) return postgresSettings(url, encryptionKey);
	const why = whyNotLocal(env);
	if (why)
		throw misconfigured(
			`The package has nowhere to keep its state: ${why}, so a file in its folder may be lost with the container, or not be seen by all processes.`,
			'Set CRM_SYNC_DATABASE_URL to a PostgreSQL database, or CRM_SYNC_ALLOW_LOCAL_STATE=true if that folder lasts and all processes share it.',
		);
	const folder = join(env.N8N_USER_FOLDER?.trim() || homeFolder, '.n8n', 'crm-sync');
	return encryptionKey ? { kind: 'sqlite', folder, encryptionKey } : { kind: 'sqlite', folder };
}
