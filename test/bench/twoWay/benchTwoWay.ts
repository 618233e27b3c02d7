import Table from 'cli-table3';
import { inOwnProcess } from '../ownProcess';
import type { BenchCrm } from '../workload';
import type { PortCall } from './countedPorts';
import { openLeadCrm } from './crms';
import type { PairsReport, PairsTask } from './pairs';
import type { RequestsReport, RequestsTask, RunReport } from './requests';

/** What else a run works on is the same at every size. */
const FEW = 300;
const SIZES = [1_000, 10_000, 100_000];
const TWELVE_MINUTES_MS = 12 * 60_000;
const calls: readonly PortCall[] = ['changes', 'records', 'stamps', 'match', 'writes'];

/** Two-way runs over ever more pairs, of which as many as before changed: what grows with the pairs, and what does not. */
export async function benchPairs(): Promise<string> {
	const table = new Table({ head: [`${FEW} changed on each side of`, 'the app shows', 'seconds', 'memory in use +MB', 'resident +MB', 'store +MB', `calls: ${calls.join(', ')}`], style: { head: ['cyan'] } });
	for (const mode of ['changed', 'all'] as const) {
		for (const pairs of SIZES) {
			const { milliseconds, grown, storeGrown, spent } = await inOwnProcess<PairsTask, PairsReport>('twoWay/pairs.ts', { pairs, changed: FEW, mode });
			table.push([pairs.toLocaleString('en-US'), mode === 'all' ? 'everything' : 'what changed', seconds(milliseconds), megabytes(grown.inUse), megabytes(grown.resident), megabytes(storeGrown), calls.map((call) => spent[call].calls).join(', ')]);
		}
	}
	return table.toString();
}

export interface TwoWayChoice {
	readonly crms: readonly BenchCrm[];
	readonly pairs: number;
	readonly changed: number;
	/** Of each answer, in milliseconds. */
	readonly latency: number;
}

/** A run with changes on both sides over a stand-in and a real store, the one after it, and an idle one: requests by what they are for. */
export async function benchRequests({ crms, pairs, changed, latency }: TwoWayChoice): Promise<string> {
	const head = [`${changed.toLocaleString('en-US')} changed on each side of ${pairs.toLocaleString('en-US')}`, 'requests', ...calls, 'seconds', 'of it the CRM', 'work of engine and store, s', 'of the adapter, s', 'memory in use +MB', 'resident +MB'];
	const table = new Table({ head, style: { head: ['cyan'] } });
	for (const crm of crms) {
		const venue = await openLeadCrm[crm](latency);
		const task: RequestsTask = { crm, pairs, changed, instanceUrl: venue.instanceUrl, accessToken: venue.accessToken };
		const { busy, echo, idle, grown } = await inOwnProcess<RequestsTask, RequestsReport>('twoWay/requests.ts', task, () => venue.advance(TWELVE_MINUTES_MS)).finally(async () => await venue.close());
		table.push([crm, ...told(busy), megabytes(grown.inUse), megabytes(grown.resident)], [`${crm}, the run after it`, ...told(echo)], [`${crm}, idle`, ...told(idle)]);
	}
	return table.toString();
}

function told({ requests, spent, milliseconds, worked }: RunReport): readonly (string | number)[] {
	const sum = (what: 'milliseconds' | 'worked') => calls.reduce((total, call) => total + spent[call][what], 0);
	return [requests, ...calls.map((call) => spent[call].requests), seconds(milliseconds), seconds(sum('milliseconds')), seconds(worked - sum('worked')), seconds(sum('worked'))];
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(1);
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}
