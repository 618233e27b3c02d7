import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { freshState } from '../../n8n/freshState';
import { connectionRig } from './connectionRig';

const rig = connectionRig();

/** A state store that is another one than so far. */
function otherState(prepare: (folder: string) => void): string {
	const folder = join(freshState(), '.n8n', 'crm-sync');
	mkdirSync(folder, { recursive: true });
	prepare(folder);
	return folder;
}

describe('a state store that fails', () => {
	afterEach(() => {
		for (const name of ['CRM_SYNC_DATABASE_URL', 'CRM_SYNC_ENCRYPTION_KEY', 'EXECUTIONS_MODE']) delete process.env[name];
	});

	it('stops a push before anything is sent, and says why', async () => {
		const { world } = rig;
		const org = await world.connect();
		otherState((folder) => writeFileSync(join(folder, 'state.sqlite'), 'this is no database '.repeat(500)));
		org.resetCalls();
		const { error } = await world.push();
		expect(error?.message).toMatch(/state\.sqlite/);
		expect(error).toMatchObject({ description: expect.stringMatching(/\S/) });
		expect([org.calls.total, org.rows('Lead')]).toEqual([0, []]);
	});

	it('does not keep state where it may vanish, and names what to set', async () => {
		const { world } = rig;
		await world.connect();
		freshState();
		process.env.EXECUTIONS_MODE = 'queue';
		expect((await world.push()).error).toMatchObject({ message: expect.stringContaining('queue'), description: expect.stringContaining('CRM_SYNC_DATABASE_URL') });
		process.env.CRM_SYNC_DATABASE_URL = 'postgres://sync:s3cret-word@127.0.0.1:1/none';
		expect((await world.push()).error).toMatchObject({ description: expect.stringContaining('CRM_SYNC_ENCRYPTION_KEY') });
		process.env.CRM_SYNC_ENCRYPTION_KEY = 'one long passphrase for tests';
		const { error } = await world.push();
		expect(error?.message).toMatch(/database/i);
		expect(JSON.stringify([error?.message, error])).not.toContain('s3cret-word');
	});

	it('begins anew where somebody deleted it while n8n ran', async () => {
		const { world } = rig;
		await world.connect();
		const folder = otherState(() => undefined);
		await world.push();
		for (const file of readdirSync(folder)) if (file.startsWith('state')) rmSync(join(folder, file));
		expect((await world.push()).outputs('Push')).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect(await world.items('getAll')).toHaveLength(1);
	});

	it('is made once, however many runs begin at once', async () => {
		const { world } = rig;
		await world.connect();
		freshState();
		process.env.CRM_SYNC_ENCRYPTION_KEY = 'a passphrase that takes a while to stretch';
		const pushes = await Promise.all(Array.from({ length: 6 }, async () => await world.push()));
		expect(pushes.map(({ error }) => error?.message)).toEqual(Array(6).fill(undefined));
	});

	it('is readable for nobody else', async () => {
		const { world } = rig;
		await world.connect();
		const folder = otherState((made) => chmodSync(made, 0o755));
		await world.push();
		for (const file of ['state.sqlite', 'keys.json']) expect((statSync(join(folder, file)).mode & 0o777).toString(8)).toBe('600');
	});
});
