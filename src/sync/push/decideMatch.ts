import type { CrmRecord } from '../../model/record';
import { withArticle } from './withArticle';
import type { PushProblem, PushSettings, RecordRef } from './pushTypes';

/** The records that have one match key. */
export interface Matches {
	/** Records of the entity itself that can be written. */
	readonly open: readonly CrmRecord[];
	/** Records of the entity that were converted or otherwise closed, with what each became and what the CRM calls its state. */
	readonly converted: readonly { readonly record: CrmRecord; readonly target?: RecordRef; readonly state?: string }[];
	/** Records of the conversion target with the same key. */
	readonly targets: readonly CrmRecord[];
}

export type Decision =
	| { readonly do: 'create' }
	| { readonly do: 'update'; readonly record: CrmRecord }
	| { readonly do: 'updateTarget'; readonly target: RecordRef }
	| { readonly do: 'skip' | 'refuse' | 'ask'; readonly problem: PushProblem; readonly candidates: readonly RecordRef[] };

/** How the records are called in sentences. */
export interface Nouns {
	readonly entity: string;
	readonly entities: string;
	readonly target: string;
	readonly targets: string;
	/** What a record is that became a target. */
	readonly converted: string;
	readonly matchField: string;
}

/**
 * What to do with the items of one match key; docs/sync-rules.md has the same table. Several candidates are never guessed between,
 * and a converted record is never written.
 *
 * | open | converted | targets | decision |
 * |---|---|---|---|
 * | several | any | any | ask |
 * | one | any | any | update; refuse when only creating |
 * | none | some | any | ask, or update what it became, unless another target has the key too |
 * | none | none | some | ask, create, skip or update the one target |
 * | none | none | none | create; refuse when only updating |
 */
export function decideMatch({ open, converted, targets }: Matches, settings: PushSettings, nouns: Nouns): Decision {
	if (open.length > 1) return ask(several(open.length, nouns.entities, nouns), open);
	if (open.length === 1) return existing(open[0], settings, nouns);
	if (converted.length > 0) return decideConverted(converted, targets, settings, nouns);
	if (targets.length > 0) return decideTargets(targets, settings, nouns);
	return absent(settings, nouns);
}

function existing(record: CrmRecord, { mode }: PushSettings, nouns: Nouns): Decision {
	if (mode !== 'create') return { do: 'update', record };
	return { do: 'refuse', problem: alreadyExists(nouns.entity, nouns.matchField), candidates: refs([record]) };
}

/** Why an item that may only create is refused. */
export function alreadyExists(entity: string, matchField: string): PushProblem {
	return { reason: `There already is ${withArticle(entity)} with this ${matchField}.`, remedy: 'Open it by its link, or let the node create or update.' };
}

function absent({ mode }: PushSettings, nouns: Nouns): Decision {
	if (mode !== 'update') return { do: 'create' };
	const reason = `No ${nouns.entity} has this ${nouns.matchField}.`;
	return { do: 'refuse', problem: { reason, remedy: 'Let the node create or update, or correct the value.' }, candidates: [] };
}

function decideConverted(converted: Matches['converted'], targets: Matches['targets'], settings: PushSettings, nouns: Nouns): Decision {
	const became = distinct(converted.flatMap(({ target }) => (target ? [target] : [])));
	const meant = settings.converted === 'updateTarget' ? distinct([...became, ...targets]) : became;
	if (settings.converted === 'updateTarget' && became.length === 1 && meant.length === 1) return { do: 'updateTarget', target: became[0] };
	const remedy = meant.length === 1 ? `Open the ${nouns.target} by its link, or choose to update it in the node's options.` : undefined;
	const states = [...new Set(converted.flatMap(({ state }) => (state === undefined ? [] : [state])))];
	const why = became.length === 0 && states.length > 0 ? whyClosed(states, nouns) : whyConverted(became.length, meant.length, nouns);
	return ask(why, [...meant, ...refs(converted.map(({ record }) => record))], remedy);
}

function whyConverted(became: number, meant: number, { entity, entities, target, targets, converted, matchField }: Nouns): string {
	const unclear = 'it is not clear which one is meant.';
	if (became > 1) return `${entities} with this ${matchField} were ${converted} to ${became} ${targets}; ${unclear}`;
	if (became === 1 && meant > 1) return `The ${entity} with this ${matchField} was ${converted} to a ${target}, but another ${target} has it too; ${unclear}`;
	return `The ${entity} with this ${matchField} was ${converted}${became ? ` to a ${target}` : ''}; ${converted} ${entities} are not written.`;
}

/** A record that became nothing was closed in another way, or what it became is not known. */
function whyClosed(states: readonly string[], { entity, matchField }: Nouns): string {
	return `The ${entity} with this ${matchField} is read-only, because its state is ${states.join(' or ')}.`;
}

function decideTargets(targets: readonly CrmRecord[], settings: PushSettings, nouns: Nouns): Decision {
	if (settings.target === 'create') return absent(settings, nouns);
	const reason = `This ${nouns.matchField} already belongs to ${targets.length === 1 ? `a ${nouns.target}` : `${targets.length} ${nouns.targets}`}.`;
	if (settings.target === 'skip') return { do: 'skip', problem: { reason }, candidates: refs(targets) };
	if (settings.target === 'updateTarget') {
		return targets.length === 1 ? { do: 'updateTarget', target: refs(targets)[0] } : ask(several(targets.length, nouns.targets, nouns), targets);
	}
	return ask(reason, targets, `Open it by its link, or choose in the node's options what to do with a known ${nouns.target}.`);
}

function several(count: number, things: string, { matchField }: Nouns): string {
	return `${count} ${things} have this ${matchField}; it is not clear which one is meant.`;
}

function ask(reason: string, candidates: readonly RecordRef[], remedy = 'Open them by their links and merge them or correct one.'): Decision {
	return { do: 'ask', problem: { reason, remedy }, candidates: refs(candidates) };
}

function refs(records: readonly RecordRef[]): RecordRef[] {
	return records.map(({ entity, id }) => ({ entity, id }));
}

function distinct(targets: readonly RecordRef[]): RecordRef[] {
	return refs([...new Map(targets.map((target) => [target.id, target])).values()]);
}
