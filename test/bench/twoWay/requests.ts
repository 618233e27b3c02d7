import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthorizedHttp } from '../../../src/model/authorizedHttp';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { EntityDescription } from '../../../src/model/entity';
import type { CrmValue } from '../../../src/model/record';
import type { SyncLink } from '../../../src/model/syncLink';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { DEFAULT_RULE, type Mapping } from '../../../src/sync/mapping/mapping';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import type { AppItem } from '../../../src/sync/run/syncTypes';
import { sessionHttp } from '../../conformance/sessionHttp';
import { FIELDS, keyring } from '../benchFields';
import { answerTask } from '../ownProcess';
import { linkNumber as unreadLink } from '../state/linkedRecords';
import type { BenchCrm } from '../workload';
import { countedPorts, worked, type Spending } from './countedPorts';
import { shapes, type LeadCrm, type LeadShape } from './crms';
import { openLinkedStore } from './linkedStore';
import { MemoryWatch } from '../MemoryWatch';
import { runOnce, syncOf, type BenchSync, type Steps } from './runOnce';

const PAGE = 1_000;
const write = { runAssignmentRules: false, saveDespiteDuplicateAlert: true };

/** What a script says to have the clock of the CRM moved by so much: longer than every lookback. */
export const ADVANCE = 'twelve minutes pass';

export interface RequestsTask extends Pick<LeadCrm, 'instanceUrl' | 'accessToken'> {
	readonly crm: BenchCrm;
	readonly pairs: number;
	readonly changed: number;
}

/** What one run took. */
export interface RunReport {
	readonly requests: number;
	readonly milliseconds: number;
	/** For how many milliseconds the process worked. */
	readonly worked: number;
	readonly steps: Steps;
	readonly spent: Spending;
}

export interface RequestsReport {
	/** With changes on both sides; the one after it, which sees its own writes again; one whose watermark is further from them than every lookback. */
	readonly busy: RunReport;
	readonly echo: RunReport;
	readonly idle: RunReport;
	/** Of the busy run. */
	readonly grown: ReturnType<MemoryWatch['grown']>;
}

async function measure({ crm, instanceUrl, accessToken, pairs, changed }: RequestsTask): Promise<RequestsReport> {
	const shape = shapes[crm];
	const mapping = mappingOf(shape);
	const http = counting(sessionHttp({ origin: instanceUrl, issue: () => accessToken }));
	const adapter = shape.open({ http, instanceUrl, cacheKey: 'bench' });
	const description = await adapter.describe(shape.entity);
	const ids = await create(adapter, shape, 2 * changed);
	await twelveMinutesPass();
	const stored = syncOf(shape.entity, mapping, await cursorOf(adapter, mapping, description));
	const compiled = compileMapping(mapping, description);
	const linkNumber = (number: number): SyncLink => {
		if (number >= ids.length) return { ...unreadLink(number, { crmIds: crm === 'salesforce' ? 'salesforce' : 'uuid', appIds: 'objectId', apart: 3, pendingEvery: 0 }), syncId: stored.id };
		const id = randomUUID();
		const base = mergeRecord({ mapping: compiled, keyring, linkId: id, app: inApp(number), crm: valuesOf(number, shape), base: undefined }).base!;
		return { id, syncId: stored.id, appId: appIdOf(number), crmId: ids[number], keyHash: null, base, ended: null, endedAt: null, successor: null };
	};
	const clock = () => new Date();
	const { store, close } = await openLinkedStore(stored, pairs, { clock, linkNumber });
	const mutations = ids.slice(changed).map((id, at) => ({ kind: 'update' as const, entity: shape.entity, id, values: edits(changed + at, shape) }));
	await adapter.write({ mutations, options: write });
	await twelveMinutesPass();
	const sync: BenchSync = { store, stored, description, clock };
	const run = async (items: number, onPage?: () => void) => await reported(adapter, http, async (ports) => await runOnce(sync, ports, { mode: 'changed', pages: () => pagesOf(items) }, onPage));
	const watch = new MemoryWatch();
	const busy = await run(changed, () => watch.look());
	const grown = watch.grown();
	const echo = await run(0);
	await twelveMinutesPass();
	await run(0);
	await twelveMinutesPass();
	const idle = await run(0);
	await close();
	return { busy, echo, idle, grown };
}

async function reported(adapter: CrmAdapter, http: { readonly sent: number }, run: (ports: ReturnType<typeof countedPorts>) => Promise<Steps>): Promise<RunReport> {
	const ports = countedPorts(adapter, () => http.sent);
	const [before, began, working] = [http.sent, performance.now(), worked()];
	const steps = await run(ports);
	return { requests: http.sent - before, milliseconds: performance.now() - began, worked: worked() - working, steps, spent: ports.spent };
}

function counting(http: AuthorizedHttp): AuthorizedHttp & { sent: number } {
	const counted = {
		sent: 0,
		send: async (request: Parameters<AuthorizedHttp['send']>[0]) => {
			counted.sent += 1;
			return await http.send(request);
		},
	};
	return counted;
}

async function twelveMinutesPass(): Promise<void> {
	process.send?.(ADVANCE);
	await sleep(200);
}

async function create(adapter: CrmAdapter, shape: LeadShape, count: number): Promise<readonly string[]> {
	const mutations = Array.from({ length: count }, (_, number) => ({ kind: 'create' as const, entity: shape.entity, values: { ...shape.alsoRequired, ...valuesOf(number, shape) } }));
	const outcomes = await adapter.write({ mutations, options: write });
	return outcomes.map((outcome) => {
		if (outcome.status !== 'applied') throw outcome.error;
		return outcome.id;
	});
}

/** Where the next reading begins, after everything that a run reads was read once. */
async function cursorOf({ changes }: CrmAdapter, { rules }: Mapping, { name: entity, conversion }: EntityDescription): Promise<string> {
	const select = [...rules.map(({ crmField }) => crmField), ...(conversion ? [conversion.flagField, conversion.targetIdField] : [])];
	let cursor: string | undefined;
	for await (const page of changes!.readChanges({ entity, select, until: await changes!.upperBound() })) cursor = page.cursor;
	if (cursor === undefined) throw new Error('the reading of everything did not come to its end');
	return cursor;
}

function mappingOf(shape: LeadShape): Mapping {
	const names = [shape.emailField, ...Array.from({ length: FIELDS - 1 }, (_, at) => shape.textField(at))];
	const rules = names.map((crmField, at) => ({ ...DEFAULT_RULE, id: `r${at}`, appField: `app${at}`, crmField }));
	return { rules, matchKey: { appField: 'app0', crmField: shape.emailField }, firstMatch: 'preferCrm', timeZone: 'Europe/Vienna' };
}

function valuesOf(number: number, { emailField, textField }: LeadShape): Record<string, CrmValue> {
	const texts = Array.from({ length: FIELDS - 1 }, (_, at) => [textField(at), `Some text of ${number}, field ${at}`]);
	return Object.fromEntries([[emailField, `person.${number}@example.com`], ...texts]) as Record<string, CrmValue>;
}

/** Three fields of a record in the CRM. */
function edits(number: number, { textField }: LeadShape): Record<string, CrmValue> {
	return Object.fromEntries([5, 10, 15].map((at) => [textField(at), `Another text of ${number}`]));
}

function inApp(number: number): Record<string, CrmValue> {
	const texts = Array.from({ length: FIELDS - 1 }, (_, at) => [`app${at + 1}`, `Some text of ${number}, field ${at}`]);
	return Object.fromEntries([['app0', `person.${number}@example.com`], ...texts]) as Record<string, CrmValue>;
}

async function* pagesOf(items: number): AsyncGenerator<readonly AppItem[]> {
	for (let start = 0; start < items; start += PAGE) {
		yield await Promise.resolve(Array.from({ length: Math.min(PAGE, items - start) }, (_, at) => ({ index: start + at, id: appIdOf(start + at), values: { ...inApp(start + at), app1: 'New', app2: 'New', app3: 'New' } })));
	}
}

function appIdOf(number: number): string {
	return number.toString(16).padStart(24, '0');
}

answerTask(measure);
