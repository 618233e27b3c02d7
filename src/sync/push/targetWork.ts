import type { FieldDescription } from '../../model/entity';
import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { keyWork, type KeyWork } from './keyWork';
import { canonicalValues, notAnId, type PreparationContext, type PreparedItem } from './prepareItem';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import type { RecordRef } from './pushTypes';

/** The items that lead to one conversion target: of one key, or of several whose records became the same. */
export interface TargetItems {
	readonly key: MatchKey;
	readonly target: RecordRef;
	readonly items: readonly PreparedItem[];
}

/**
 * The same person in another place: fields that exist there under the same name are written, the rest is reported as left out. The
 * match field only finds: somebody who has another e-mail by now keeps it.
 */
export function targetWork({ key, items, target: ref }: TargetItems, record: CrmRecord | undefined, context: PushContext, progress: PushProgress): KeyWork[] {
	if (!record) return unseenTarget(items, ref, context, progress);
	const target = context.target!;
	const { select } = context.entity;
	const written = select.filter((name) => isWritten(name, context));
	const leftOut = select.filter((name) => !written.includes(name) && !(name === target.matchField && target.fields.has(name)));
	const prepared = items.flatMap((item) => prepareFor(item, written, ref, context, progress));
	return prepared.length > 0 ? [keyWork(key, target, prepared, { record, leftOut })] : [];
}

function isWritten(name: string, { target, settings }: PushContext): boolean {
	const field = target!.fields.get(name);
	return field !== undefined && field.updateable && !isNamedField(field) && name !== settings.matchField;
}

function prepareFor(prepared: PreparedItem, written: readonly string[], record: RecordRef, context: PushContext, progress: PushProgress): PreparedItem[] {
	const { index, item } = prepared;
	const raw = Object.fromEntries(written.filter((name) => Object.hasOwn(item.values, name)).map((name) => [name, item.values[name]]));
	const { values, problems } = canonicalValues({ index, values: raw }, preparationFor(context));
	if (problems.length === 0) return [{ ...prepared, values }];
	progress.results.push(pushResult(index, 'refused', { problems, record }));
	return [];
}

function preparationFor({ target, settings, adapter }: PushContext): PreparationContext {
	const { description, fields, matchField } = target!;
	const reference: PreparationContext['reference'] = (field, name) => {
		const id = adapter.canonicalId(name);
		return id ? { ok: true, value: id } : notAnId(field, name);
	};
	return { description, fields, matchField, reference, emptyValues: settings.emptyValues, timeZone: settings.timeZone };
}

function unseenTarget(items: readonly PreparedItem[], target: RecordRef, { nouns }: PushContext, progress: PushProgress): [] {
	const reason = `The ${nouns.entity} with this ${nouns.matchField} was ${nouns.converted} to a ${nouns.target} that is gone, or that the signed-in user may not see.`;
	for (const { index } of items) progress.results.push(pushResult(index, 'needsAttention', { problems: [{ reason }], candidates: [target] }));
	return [];
}

/** A conversion target keeps its own owner and record type: those of the mapped entity mean nothing there. */
function isNamedField(field: FieldDescription): boolean {
	return field.namedBy !== undefined;
}
