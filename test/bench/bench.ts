import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { contestants } from './contestants';
import { benchEngine } from './engine';
import { inOwnProcess } from './ownProcess';
import { benchResponsiveness } from './responsiveness';
import { benchState } from './state/benchState';
import { benchPairs, benchRequests } from './twoWay/benchTwoWay';
import { leadObject, openVenue } from './venues';
import type { BenchCrm, BenchReport, BenchTask } from './workload';

const HELP = `npm run bench [-- --crm salesforce,dynamics] [--leads 1000,10000] [--latency 0,40] [--contestants crm-sync,jsforce] [--only push|responsiveness|engine|state|two-way]
                [--pairs 100000] [--links 100000] [--changed 10000]

Creates new leads in stand-in CRMs and prints requests, time and memory of each contestant, measured in one run. n8n's own nodes make one
request for each lead: 10,000 leads at 40 ms take each of them about ten minutes. Contestants are chosen by the beginning of their names.
Then asks a real n8n how it is while the node works, and plans linked pairs with 30 fields beside a bare loop that hashes and compares the
same values. Fills a state store with links, and measures two-way runs over linked pairs: a million links take some minutes each time.`;

interface Row extends BenchReport {
	readonly contestant: string;
	readonly requests: number;
}

interface PushChoice {
	readonly crm: string;
	readonly leads: string;
	readonly latency: string;
	readonly contestants?: string;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			crm: { type: 'string', default: 'salesforce,dynamics' },
			leads: { type: 'string', default: '1000,10000' },
			latency: { type: 'string', default: '0,40' },
			contestants: { type: 'string' },
			only: { type: 'string' },
			pairs: { type: 'string', default: '100000' },
			links: { type: 'string', default: '100000' },
			changed: { type: 'string', default: '10000' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return console.log(HELP);
	const wanted = (part: string) => values.only === undefined || values.only === part;
	if (wanted('push') || wanted('responsiveness')) await (await import('../../setup/need.mjs')).needN8n();
	if (wanted('push')) await benchPush(values);
	if (wanted('responsiveness')) console.log(`\nHow long /healthz of n8n takes meanwhile\n${await benchResponsiveness()}`);
	if (wanted('engine')) console.log(`\nHow long the plan of linked pairs takes\n${benchEngine(Number(values.pairs))}`);
	if (wanted('state')) console.log(`\nHow large the state store grows\n${await benchState(Number(values.links))}`);
	if (wanted('two-way')) await benchTwoWay(values);
}

async function benchPush(choice: PushChoice): Promise<void> {
	for (const crm of choice.crm.split(',') as BenchCrm[]) {
		const names = chosen(Object.keys(contestants[crm]), choice.contestants);
		for (const leads of numbers(choice.leads)) {
			for (const latency of numbers(choice.latency)) {
				const rows: Row[] = [];
				for (const contestant of names) rows.push(await measure(crm, contestant, { leads, latency }));
				console.log(`\n${crm}: ${leads.toLocaleString('en-US')} new leads, ${latency} ms latency per request\n${table(rows)}`);
			}
		}
	}
}

async function benchTwoWay({ crm, links, changed }: Readonly<Record<'crm' | 'links' | 'changed', string>>): Promise<void> {
	console.log(`\nTwo-way runs over ever more pairs\n${await benchPairs()}`);
	const choice = { crms: crm.split(',') as BenchCrm[], pairs: Number(links), changed: Number(changed), latency: 40 };
	console.log(`\nRequests of two-way runs, 40 ms latency per request\n${await benchRequests(choice)}`);
}

const numbers = (list: string) => list.split(',').map(Number);
const chosen = (names: readonly string[], list?: string) => names.filter((name) => list?.split(',').some((beginning) => name.startsWith(beginning)) ?? true);

async function measure(crm: BenchCrm, contestant: string, { leads, latency }: Readonly<Record<'leads' | 'latency', number>>): Promise<Row> {
	const { close, requests, records, watchDuplicates, ...where } = await openVenue[crm](latency);
	try {
		if (contestants[crm][contestant].duplicateRule) watchDuplicates();
		const report = await inOwnProcess<BenchTask, BenchReport>('contestant.ts', { crm, contestant, leads, ...where });
		const made = records(contestants[crm][contestant].makes ?? leadObject[crm]);
		if (report.written !== leads || made !== leads) throw new Error(`${contestant} wrote ${report.written} of ${leads} leads; the CRM has ${made}`);
		return { ...report, contestant, requests: requests() };
	} finally {
		await close();
	}
}

function table(rows: readonly Row[]): string {
	const [yardstick] = rows;
	const output = new Table({ head: ['', 'requests', 'seconds', '× the first', 'memory MB', 'of it for the work'], style: { head: ['cyan'] } });
	for (const { contestant, requests, milliseconds, memoryBefore, memoryAfter } of rows) {
		const times = (milliseconds / yardstick.milliseconds).toFixed(2);
		output.push([contestant, requests, (milliseconds / 1000).toFixed(2), times, megabytes(memoryAfter), megabytes(memoryAfter - memoryBefore)]);
	}
	return output.toString();
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
