import type { CrmRecord } from '../../model/record';
import type { MatchKey } from '../matchKey';
import { keyWork, type KeyWork } from './keyWork';
import { canonicalValues, type PreparationContext, type PreparedItem } from './prepareItem';
import type { PushContext } from './pushContext';
import type { PushProgress } from './pushProgress';
import { pushResult } from './pushResult';
import { isNamedField } from './resolveReferences';

/** The same person in another place: fields that exist there under the same name are written, the rest is reported as left out. */
export function targetWork(key: MatchKey, group: readonly PreparedItem[], record: CrmRecord, context: PushContext, progress: PushProgress): KeyWork[] {
	const target = context.target!;
	const { settings, entity } = context;
	const reference: PreparationContext['reference'] = (_field, name) => ({ ok: true, value: name });
	const preparing = { description: target.description, fields: target.fields, reference, matchField: '', emptyValues: settings.emptyValues, timeZone: settings.timeZone };
	const written = entity.select.filter((name) => target.fields.get(name)?.updateable && !isNamedField(target.fields.get(name)!));
	const items = group.flatMap((prepared) => {
		const raw = Object.fromEntries(written.filter((name) => name in prepared.item.values).map((name) => [name, prepared.item.values[name]]));
		const { values, problems } = canonicalValues({ index: prepared.index, values: raw }, preparing);
		if (problems.length === 0) return [{ ...prepared, values }];
		progress.results.push(pushResult(prepared.index, 'refused', { problems, record: { entity: record.entity, id: record.id } }));
		return [];
	});
	return items.length > 0 ? [keyWork(key, target, items, { record, leftOut: entity.select.filter((name) => !written.includes(name)) })] : [];
}
