import { stateStoreSettings } from '../../src/store/settings';

const files: Readonly<Record<string, string>> = {
	'/run/secrets/url': 'postgres://u:p@db/crm\n',
	'/run/secrets/key': 'from the secret file\n',
	'/run/secrets/empty': '\n',
};

function readFile(path: string): string {
	const content = files[path];
	if (content === undefined) throw new Error('ENOENT');
	return content;
}

function settings(env: Readonly<Record<string, string>>) {
	return stateStoreSettings(env, '/home/node', readFile);
}

const misconfigured = (words: string | RegExp) =>
	expect.objectContaining({ name: 'StateStoreError', failure: 'misconfigured', message: expect.stringMatching(words) });
const refusal = (env: Readonly<Record<string, string>>): unknown => {
	try {
		return settings(env);
	} catch (error) {
		return error;
	}
};

describe('where the state store is', () => {
	it("is n8n's user folder where nothing is set", () => {
		expect(settings({})).toEqual({ kind: 'sqlite', folder: '/home/node/.n8n/crm-sync' });
		expect(settings({ DB_TYPE: 'sqlite', EXECUTIONS_MODE: 'regular', N8N_USER_FOLDER: '/data' })).toEqual({
			kind: 'sqlite',
			folder: '/data/.n8n/crm-sync',
		});
	});

	it('takes the key of the environment also for the embedded store', () => {
		expect(settings({ CRM_SYNC_ENCRYPTION_KEY: ' twenty characters or more ' })).toEqual({
			kind: 'sqlite',
			folder: '/home/node/.n8n/crm-sync',
			encryptionKey: 'twenty characters or more',
		});
	});

	it('is PostgreSQL where an address is set, also by file', () => {
		const postgres = { kind: 'postgres', url: 'postgres://u:p@db/crm', encryptionKey: 'from the secret file' };
		expect(settings({ CRM_SYNC_DATABASE_URL_FILE: '/run/secrets/url', CRM_SYNC_ENCRYPTION_KEY_FILE: '/run/secrets/key' })).toEqual(
			postgres,
		);
		const both = {
			CRM_SYNC_DATABASE_URL: 'postgresql://u:p@other/crm',
			CRM_SYNC_DATABASE_URL_FILE: '/run/secrets/url',
			CRM_SYNC_ENCRYPTION_KEY: 'k',
		};
		expect(settings({ ...both, EXECUTIONS_MODE: 'queue', DB_TYPE: 'postgresdb' })).toMatchObject({
			url: 'postgresql://u:p@other/crm',
			encryptionKey: 'k',
		});
	});

	it('is refused where a file in the folder may be lost, unless somebody said that it lasts', () => {
		expect(refusal({ DB_TYPE: 'postgresdb' })).toEqual(misconfigured('DB_TYPE=postgresdb'));
		expect(refusal({ EXECUTIONS_MODE: 'queue' })).toEqual(misconfigured('queue mode'));
		expect(refusal({ EXECUTIONS_MODE: 'queue' })).toMatchObject({
			remedy: expect.stringMatching(/CRM_SYNC_DATABASE_URL.*CRM_SYNC_ALLOW_LOCAL_STATE=true/),
		});
		expect(refusal({ EXECUTIONS_MODE: 'queue', CRM_SYNC_ALLOW_LOCAL_STATE: 'no' })).toEqual(misconfigured('queue mode'));
		expect(settings({ DB_TYPE: 'postgresdb', EXECUTIONS_MODE: 'queue', CRM_SYNC_ALLOW_LOCAL_STATE: 'true' })).toMatchObject({
			kind: 'sqlite',
		});
	});

	it('is refused with PostgreSQL and no key, an address that is none, and a file that is none', () => {
		const url = 'postgres://user:secret@db/crm';
		expect(refusal({ CRM_SYNC_DATABASE_URL: url })).toEqual(misconfigured('CRM_SYNC_ENCRYPTION_KEY is not'));
		expect(refusal({ CRM_SYNC_DATABASE_URL: 'mysql://user:secret@db/crm', CRM_SYNC_ENCRYPTION_KEY: 'k' })).toEqual(
			misconfigured('no address of a PostgreSQL'),
		);
		expect(refusal({ CRM_SYNC_DATABASE_URL_FILE: '/run/secrets/none' })).toEqual(misconfigured(/cannot be read: \/run\/secrets\/none/));
		expect(refusal({ CRM_SYNC_ENCRYPTION_KEY_FILE: '/run/secrets/empty' })).toEqual(misconfigured(/is empty: \/run\/secrets\/empty/));
	});

	it('never tells the address in an error', () => {
		for (const url of ['postgres://user:secret@db/crm', 'mysql://user:secret@db/crm']) {
			const error = refusal({ CRM_SYNC_DATABASE_URL: url }) as Error;
			expect(JSON.stringify([error.message, error, error.cause, error.stack])).not.toContain('secret@');
		}
	});
});
