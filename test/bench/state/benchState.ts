import Table from 'cli-table3';
import { inOwnProcess } from '../ownProcess';
import type { FillReport, FillTask } from './fill';
import { FIELDS, type LinkShape } from './linkedRecords';

const plain: LinkShape = { crmIds: 'salesforce', appIds: 'objectId', apart: 3, pendingEvery: 0 };

/** What is stored; the first is the yardstick. */
const contents: Readonly<Record<string, Pick<FillTask, 'into' | 'shape'>>> = {
	'a bare table, no index': { into: 'bare table', shape: plain },
	'Salesforce, ids of 24 digits': { into: 'store', shape: plain },
	'Salesforce, UUIDs, one of ten on its way to the app': { into: 'store', shape: { ...plain, appIds: 'uuid', pendingEvery: 10 } },
	'Dynamics 365, UUIDs, one of ten on its way to the app': { into: 'store', shape: { ...plain, crmIds: 'uuid', appIds: 'uuid', pendingEvery: 10 } },
};

/**
 * Fills a state store with links as the engine does, a thousand at a time in no order of their ids, beside a bare table of the same ids and
 * bytes, and tells how large the file is once the store is closed, as it is: nothing is vacuumed.
 */
export async function benchState(links: number): Promise<string> {
	const table = new Table({ head: [`${links.toLocaleString('en-US')} links × ${FIELDS} fields`, 'MB', 'bytes a link', 'seconds', '× bare', 'memory in use +MB', 'resident +MB'], style: { head: ['cyan'] } });
	let yardstick = 0;
	for (const [name, { into, shape }] of Object.entries(contents)) {
		const { milliseconds, bytes, bytesOpen, grown } = await inOwnProcess<FillTask, FillReport>('state/fill.ts', { into, shape, links });
		yardstick ||= milliseconds;
		const size = `${megabytes(bytes)} (open: ${megabytes(bytesOpen)})`;
		table.push([name, size, (bytes / links).toFixed(0), (milliseconds / 1_000).toFixed(1), (milliseconds / yardstick).toFixed(1), megabytes(grown.inUse), megabytes(grown.resident)]);
	}
	return table.toString();
}

/** As disks are sold: a million bytes. */
function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}
