import { randomUUID } from 'node:crypto';
import type { SyncLink } from '../../../src/model/syncLink';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import type { AppItem, InputMode } from '../../../src/sync/run/syncTypes';
import { benchEntity, benchMapping, edited, inApp, inCrm, keyring } from '../benchFields';
import { answerTask } from '../ownProcess';
import { countedPorts, type Spending } from './countedPorts';
import { crmIdOf, LinkedCrm } from './LinkedCrm';
import { openLinkedStore } from './linkedStore';
import { MemoryWatch } from '../MemoryWatch';
import { runOnce, syncOf, type Steps } from './runOnce';

const PAGE = 1_000;

export interface PairsTask {
	readonly pairs: number;
	/** Records edited on each side, others on each. */
	readonly changed: number;
	/** What the app shows: everything, or what changed. */
	readonly mode: InputMode;
}

export interface PairsReport {
	readonly milliseconds: number;
	readonly steps: Steps;
	readonly spent: Spending;
	readonly grown: ReturnType<MemoryWatch['grown']>;
	/** By how much the store grew, in bytes. */
	readonly storeGrown: number;
}

/** A run over pairs of which some changed on each side. */
async function measure({ pairs, changed, mode }: PairsTask): Promise<PairsReport> {
	const crm = new LinkedCrm();
	const stored = syncOf(benchEntity.name, benchMapping, '0');
	const mapping = compileMapping(benchMapping, benchEntity);
	const shown = mode === 'all' ? pairs : changed;
	const linkNumber = (number: number): SyncLink => {
		const id = randomUUID();
		const isRead = number < shown || number < 2 * changed;
		const base = isRead ? mergeRecord({ mapping, keyring, linkId: id, app: inApp(number), crm: inCrm(number), base: undefined }).base! : unread;
		return { id, syncId: stored.id, appId: appIdOf(number), crmId: crmIdOf(number), keyHash: null, base, ended: null, endedAt: null, successor: null };
	};
	const { store, size, close } = await openLinkedStore(stored, pairs, { clock, linkNumber });
	for (let number = changed; number < 2 * changed; number++) crm.edit(number, edited(inCrm(number)));
	const { adapter, changes, spent } = countedPorts(crm, () => 0);
	const watch = new MemoryWatch();
	const before = size();
	const began = performance.now();
	const input = { mode, pages: () => pagesOf(shown, changed, watch) };
	const steps = await runOnce({ store, stored, description: benchEntity, clock }, { adapter, changes }, input, () => watch.look());
	const report = { milliseconds: performance.now() - began, steps, spent, grown: watch.grown(), storeGrown: size() - before };
	await close();
	return report;
}

/** As large as the others; of records that no side shows. */
const unread = new Uint8Array(306);

async function* pagesOf(shown: number, changed: number, watch: MemoryWatch): AsyncGenerator<readonly AppItem[]> {
	for (let start = 0; start < shown; start += PAGE) {
		watch.look();
		yield await Promise.resolve(Array.from({ length: Math.min(PAGE, shown - start) }, (_, at) => itemOf(start + at, changed)));
	}
}

function itemOf(number: number, changed: number): AppItem {
	const values = inApp(number);
	return { index: number, id: appIdOf(number), values: number < changed ? { ...values, ...edited(values) } : values };
}

function appIdOf(number: number): string {
	return number.toString(16).padStart(24, '0');
}

function clock(): Date {
	return new Date();
}

answerTask(measure);
