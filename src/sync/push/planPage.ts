import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { decideMatch, type Decision, type Matches } from './decideMatch';
import { findMatches, readByIds } from './findMatches';
import { keyWork, type KeyWork } from './keyWork';
import { prepareItem, type PreparationContext, type PreparedItem } from './prepareItem';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import type { PushItem } from './pushTypes';
import { resolveReferences } from './resolveReferences';
import { uncertainItem } from './stepOutcome';
import { targetWork, type TargetItems } from './targetWork';

/** The items of one match key, and what is to be done with them. */
interface DecidedGroup {
	readonly key: MatchKey;
	readonly items: readonly PreparedItem[];
	readonly decision: Decision;
}

/** Turns a page of items into work per record; items that need none get their results at once. */
export async function planPage(items: readonly PushItem[], context: PushContext, progress: PushProgress): Promise<KeyWork[]> {
	const prepared = prepareAll(items, await preparation(context, items), progress);
	const groups = groupByKey(prepared, progress);
	const matches = await findMatches(context, [...groups.values()].map(([first]) => first));
	const decided = [...groups].map(([key, group]) => ({ key, items: group, decision: decideFor(key, matches.get(key)!, context, progress) }));
	const targets = groupByTarget(decided);
	const records = await readTargets(targets, context, matches);
	return [
		...decided.flatMap((group) => workFor(group, context, progress)),
		...targets.flatMap((target) => targetWork(target, asPlanned(records.get(target.target.id), progress), context, progress)),
	];
}

async function preparation({ adapter, entity, settings }: PushContext, items: readonly PushItem[]): Promise<PreparationContext> {
	const { description, fields } = entity;
	const reference = await resolveReferences(adapter, description, items);
	return { description, fields, reference, matchField: settings.matchField, emptyValues: settings.emptyValues, timeZone: settings.timeZone };
}

function prepareAll(items: readonly PushItem[], context: PreparationContext, progress: PushProgress): PreparedItem[] {
	return items.flatMap((item) => {
		const preparation = prepareItem(item, context);
		if ('prepared' in preparation) return [preparation.prepared];
		progress.results.push(preparation.refused);
		return [];
	});
}

function groupByKey(prepared: readonly PreparedItem[], progress: PushProgress): Map<MatchKey, PreparedItem[]> {
	const groups = new Map<MatchKey, PreparedItem[]>();
	for (const item of prepared) {
		const doubt = progress.uncertainKeys.get(item.key);
		const group = groups.get(item.key);
		if (doubt) progress.results.push(uncertainItem(item.index, doubt));
		else if (group) group.push(item);
		else groups.set(item.key, [item]);
	}
	return groups;
}

/** A record that this run created is known even where the search does not show it. */
function decideFor(key: MatchKey, matches: Matches, { settings, nouns }: PushContext, { created }: PushProgress): Decision {
	const unseen = matches.open.length === 0 && matches.converted.length === 0;
	return unseen && created.has(key) ? { do: 'create' } : decideMatch(matches, settings, nouns);
}

/** Two leads may have become one contact: their items then follow each other, so that no batch writes the record twice. */
function groupByTarget(decided: readonly DecidedGroup[]): readonly TargetItems[] {
	const targets = new Map<string, { key: MatchKey; target: TargetItems['target']; items: PreparedItem[] }>();
	for (const { key, items, decision } of decided) {
		if (decision.do !== 'updateTarget') continue;
		const known = targets.get(decision.target.id) ?? { key, target: decision.target, items: [] };
		targets.set(decision.target.id, known);
		for (const item of items) known.items.push(item);
	}
	for (const { items } of targets.values()) items.sort((a, b) => a.index - b.index);
	return [...targets.values()];
}

/** Reads the conversion targets that will be updated and that the match did not bring along with their fields. */
async function readTargets(targets: readonly TargetItems[], context: PushContext, matches: ReadonlyMap<MatchKey, Matches>): Promise<Map<string, CrmRecord>> {
	const known = new Map([...matches.values()].flatMap((match) => match.targets.map((record) => [record.id, record] as const)));
	const missing = targets.map(({ target }) => target.id).filter((id) => !known.has(id));
	if (missing.length === 0) return known;
	for (const [id, record] of await readByIds(context, context.target!, missing)) known.set(id, record);
	return known;
}

/** In a dry run, the record as the items before would have left it. */
function asPlanned<T extends CrmRecord | undefined>(record: T, { planned }: PushProgress): T {
	const values = record && planned?.get(record.id);
	return values ? { ...record, values } : record;
}

function workFor({ key, items, decision }: DecidedGroup, context: PushContext, progress: PushProgress): KeyWork[] {
	switch (decision.do) {
		case 'create':
			return [keyWork(key, context.entity, items, { record: progress.created.get(key), createOnly: context.settings.mode === 'create' })];
		case 'update':
			return [keyWork(key, context.entity, items, { record: asPlanned(decision.record, progress) })];
		case 'updateTarget':
			return [];
		default: {
			const status = decision.do === 'skip' ? 'skipped' : decision.do === 'refuse' ? 'refused' : 'needsAttention';
			const { candidates, problem } = decision;
			for (const { index } of items) progress.results.push(pushResult(index, status, { problems: [problem], candidates }));
			return [];
		}
	}
}
