import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFingerprintKey } from '../../src/store/keys/loadFingerprintKey';

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

let folder: string;
beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'crm-sync-keys-')), 'crm-sync');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

async function keyOf(encryptionKey: string) {
	return await loadFingerprintKey({ kind: 'postgres', url: 'postgres://db/x', encryptionKey });
}

const own = async () => await loadFingerprintKey({ kind: 'sqlite', folder });

describe('the key from the environment', () => {
	it('is the same for the same secret, whether in hexadecimal or base64', async () => {
		const key = await keyOf(HEX);
		expect(key.secret).toHaveLength(32);
		expect(key.id).toMatch(/^[0-9a-f]{16}$/);
		expect(await keyOf(Buffer.from(HEX, 'hex').toString('base64'))).toEqual(key);
		expect(await keyOf(Buffer.from(HEX, 'hex').toString('base64url'))).toEqual(key);
		expect(await loadFingerprintKey({ kind: 'sqlite', folder, encryptionKey: HEX.toUpperCase() })).toEqual(key);
	});

	it('is another one for every other secret or passphrase, and shows nothing of it', async () => {
		const keys = await Promise.all([HEX, `${HEX}00`, 'correct horse battery', 'correct horse batterz'].map(keyOf));
		expect(new Set(keys.map(({ id }) => id)).size).toBe(4);
		expect(new Set(keys.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(4);
		expect(keys.map(({ secret }) => Buffer.from(secret).toString('hex'))).not.toContain(HEX);
	});

	it('stays what it is: fingerprints that are stored depend on it', async () => {
		expect((await keyOf(HEX)).id).toBe('bc9ccabb40240d86');
		expect((await keyOf('correct horse battery')).id).toBe('c7432c585ddd9c25');
	});

	it('is refused when it is too short, without telling it', async () => {
		const refusal = keyOf('short secret');
		await expect(refusal).rejects.toMatchObject({ failure: 'misconfigured', message: expect.stringContaining('12 characters') });
		await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('short secret') });
	});
});

describe('the key file', () => {
	it('is made once, for its owner only, with nothing beside it', async () => {
		const key = await own();
		expect(await own()).toEqual(key);
		expect(readdirSync(folder)).toEqual(['keys.json']);
		expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(Buffer.from(key.secret).toString('base64'));
	});

	it('is taken back from others who may read it', async () => {
		const key = await own();
		chmodSync(join(folder, 'keys.json'), 0o644);
		expect(await own()).toEqual(key);
		expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
	});

	it.each(['', '{}', 'null', '{"secret":"short"}', '{"secret":7}', '\0\0\0', '[]'])(
		'is never replaced when it is damaged: %j',
		async (content) => {
			mkdirSync(folder);
			const file = join(folder, 'keys.json');
			writeFileSync(file, content);
			await expect(own()).rejects.toMatchObject({
				failure: 'corrupt',
				message: expect.stringContaining(file),
				remedy: expect.stringContaining('backup'),
			});
			expect(readFileSync(file, 'utf8')).toBe(content);
		},
	);

	it('is refused in words where it cannot be made', async () => {
		mkdirSync(folder);
		symlinkSync(join(folder, 'nowhere', 'else'), join(folder, 'keys.json'));
		await expect(own()).rejects.toMatchObject({ name: 'StateStoreError', message: expect.stringContaining('keys.json') });
		rmSync(folder, { recursive: true });
		writeFileSync(folder, 'a file where the folder should be');
		await expect(own()).rejects.toMatchObject({ failure: 'misconfigured', message: expect.stringContaining('keys.json') });
		rmSync(folder);
	});

	it('is another one for each store in memory', async () => {
		const [one, other] = await Promise.all(
			[':memory:', ':memory:'].map(async (memory) => await loadFingerprintKey({ kind: 'sqlite', folder: memory })),
		);
		expect(one.id).not.toBe(other.id);
	});
});
