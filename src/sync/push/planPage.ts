import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { decideMatch, type Decision, type Matches } from './decideMatch';
import { findMatches, readByIds } from './findMatches';
import { keyWork, type KeyWork, type KnownRecord } from './keyWork';
import { prepareItem, type PreparationContext, type PreparedItem } from './prepareItem';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { problemsOf, pushResult } from './pushResult';
import type { PushItem } from './pushTypes';
import { resolveReferences } from './resolveReferences';
import { targetWork } from './targetWork';

/** Turns a page of items into work per key; items that need none get their results at once. */
export async function planPage(
	items: readonly PushItem[],
	context: PushContext,
	progress: PushProgress,
	planned: ReadonlyMap<MatchKey, KnownRecord>,
): Promise<KeyWork[]> {
	const prepared = prepareAll(items, await preparation(context, items), progress);
	const groups = groupByKey(prepared, progress);
	const matches = await findMatches(context, [...groups.values()].map(([first]) => first));
	const decisions = new Map([...groups.keys()].map((key) => [key, decideFor(key, matches.get(key)!, context, planned)]));
	const targets = await readTargets(decisions, context, matches);
	return [...groups].flatMap(([key, group]) => workFor(key, group, decisions.get(key)!, targets, context, progress, planned));
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
		if (doubt) progress.results.push(pushResult(item.index, 'uncertain', { problems: problemsOf(doubt) }));
		else groups.set(item.key, [...(groups.get(item.key) ?? []), item]);
	}
	return groups;
}

/** A dry run has to remember what it would have created on an earlier page. */
function decideFor(key: MatchKey, matches: Matches, context: PushContext, planned: ReadonlyMap<MatchKey, KnownRecord>): Decision {
	if (planned.has(key)) return { do: 'create' };
	return decideMatch(matches, context.settings, context.nouns);
}

/** Reads the conversion targets that will be updated and that the match did not bring along with their fields. */
async function readTargets(decisions: ReadonlyMap<MatchKey, Decision>, context: PushContext, matches: ReadonlyMap<MatchKey, Matches>): Promise<Map<string, CrmRecord>> {
	const wanted = [...decisions.values()].flatMap((decision) => (decision.do === 'updateTarget' ? [decision.target.id] : []));
	const known = new Map([...matches.values()].flatMap(({ targets }) => targets.map((record) => [record.id, record] as const)));
	const missing = [...new Set(wanted)].filter((id) => !known.has(id));
	if (missing.length === 0) return known;
	for (const [id, record] of await readByIds(context, context.target!, missing)) known.set(id, record);
	return known;
}

function workFor(
	key: MatchKey,
	group: readonly PreparedItem[],
	decision: Decision,
	targets: ReadonlyMap<string, CrmRecord>,
	context: PushContext,
	progress: PushProgress,
	planned: ReadonlyMap<MatchKey, KnownRecord>,
): KeyWork[] {
	switch (decision.do) {
		case 'create':
			return [keyWork(key, context.entity, group, { record: planned.get(key), createOnly: context.settings.mode === 'create' })];
		case 'update':
			return [keyWork(key, context.entity, group, { record: decision.record })];
		case 'updateTarget':
			return targetWork(key, group, targets.get(decision.target.id) ?? { ...decision.target, values: {} }, context, progress);
		default: {
			const status = decision.do === 'skip' ? 'skipped' : decision.do === 'refuse' ? 'refused' : 'needsAttention';
			const { candidates, problem } = decision;
			for (const { index } of group) progress.results.push(pushResult(index, status, { problems: [problem], candidates }));
			return [];
		}
	}
}
