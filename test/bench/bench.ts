import { fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startStandin } from '../standin';
import { benchEngine } from './engine';
import { benchResponsiveness } from './responsiveness';
import type { BenchReport, BenchTask, ContestantName } from './workload';

const HELP = `npm run bench [-- --leads 1000,10000] [--latency 0,40] [--contestants jsforce,crm-sync,n8n-salesforce] [--only push|responsiveness|engine] [--pairs 100000]

Creates new leads in a stand-in org and prints API calls, time and memory of each contestant, measured in one run. The built-in node
makes one call for each lead: 10,000 leads at 40 ms take it about ten minutes. Then asks a real n8n how it is while the node works.
Last, plans linked pairs with 30 fields beside a bare loop that hashes and compares the same values.`;

interface Row extends BenchReport {
	readonly contestant: ContestantName;
	readonly calls: number;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			leads: { type: 'string', default: '1000,10000' },
			latency: { type: 'string', default: '0,40' },
			contestants: { type: 'string', default: 'jsforce,crm-sync,n8n-salesforce' },
			only: { type: 'string' },
			pairs: { type: 'string', default: '100000' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return console.log(HELP);
	const wanted = (part: string) => values.only === undefined || values.only === part;
	if (wanted('push') || wanted('responsiveness')) await (await import('../../setup/need.mjs')).needN8n();
	if (wanted('push')) await benchPush(values);
	if (wanted('responsiveness')) console.log(`\nHow long /healthz of n8n takes meanwhile\n${await benchResponsiveness()}`);
	if (wanted('engine')) console.log(`\nHow long the merge of linked pairs takes\n${benchEngine(Number(values.pairs))}`);
}

async function benchPush(values: { leads: string; latency: string; contestants: string }): Promise<void> {
	for (const leads of numbers(values.leads)) {
		for (const latency of numbers(values.latency)) {
			const rows: Row[] = [];
			for (const contestant of values.contestants.split(',') as ContestantName[]) rows.push(await measure(contestant, leads, latency));
			console.log(`\n${leads.toLocaleString('en-US')} new leads, ${latency} ms latency per request\n${table(rows)}`);
		}
	}
}

const numbers = (list: string) => list.split(',').map(Number);

async function measure(contestant: ContestantName, leads: number, latency: number): Promise<Row> {
	const standin = await startStandin();
	try {
		const org = await standin.createOrg({ apiLimit: 1_000_000 });
		if (latency > 0) org.faults.latency(latency);
		const report = await inOwnProcess({ contestant, leads, instanceUrl: org.instanceUrl, accessToken: org.issueSession() });
		if (report.written !== leads || org.rows('Lead').length !== leads) {
			throw new Error(`${contestant} wrote ${report.written} of ${leads} leads; the org has ${org.rows('Lead').length}`);
		}
		return { ...report, contestant, calls: org.calls.total };
	} finally {
		await standin.close();
	}
}

async function inOwnProcess(task: BenchTask): Promise<BenchReport> {
	const child = fork(join(__dirname, 'contestant.ts'), { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	return await new Promise((resolve, reject) => {
		child.once('message', (report) => resolve(report as BenchReport));
		child.once('exit', (code) => reject(new Error(`${task.contestant} ended with ${code}`)));
		child.send(task);
	});
}

function table(rows: readonly Row[]): string {
	const yardstick = rows.find(({ contestant }) => contestant === 'jsforce')?.milliseconds;
	const output = new Table({ head: ['', 'API calls', 'seconds', '× jsforce', 'memory MB', 'of it for the work'], style: { head: ['cyan'] } });
	for (const { contestant, calls, milliseconds, memoryBefore, memoryAfter } of rows) {
		const times = yardstick ? (milliseconds / yardstick).toFixed(2) : '';
		output.push([contestant, calls, (milliseconds / 1000).toFixed(2), times, megabytes(memoryAfter), megabytes(memoryAfter - memoryBefore)]);
	}
	return output.toString();
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
