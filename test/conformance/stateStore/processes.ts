import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StateStoreSettings } from '../../../src/store/settings';
import type { Contract } from './describeStateStore';
import type { ProcessReport } from './openInProcess';
import { connection } from './samples';

const NAMES = ['p1', 'p2', 'p3', 'p4'];

async function openInProcess(settings: StateStoreSettings, name: string): Promise<ProcessReport> {
	const script = join(__dirname, 'openInProcess.ts');
	const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, JSON.stringify(settings), name]);
	return JSON.parse(stdout) as ProcessReport;
}

export function describeProcesses(contract: Contract): void {
	contract('is made once when four processes start on nothing at once', async (world) => {
		const reports = await Promise.all(NAMES.map(async (name) => await openInProcess(world.settings, name)));
		expect(reports.filter(({ lease }) => lease)).toHaveLength(1);
		expect(reports.filter(({ firstOfOrg }) => firstOfOrg)).toHaveLength(1);
		expect(new Set(reports.map(({ keyId }) => keyId)).size).toBe(1);
		expect(reports.map(({ key }) => key)).toEqual(['same', 'same', 'same', 'same']);
		const { connections } = await world.open();
		expect((await connections.list({ limit: 10 })).items).toHaveLength(NAMES.length + 1);
	});

	contract('is seen alike by two stores, and outlives the closing of one', async (world) => {
		const [one, other] = [await world.open(), await world.open()];
		await one.connections.commit({ connections: [{ value: connection('c1'), basedOn: 0 }] });
		await one.close();
		expect(await other.connections.find('c1')).toEqual({ value: connection('c1'), version: 1 });
	});
}
