import type { CrmAdapter } from '../../model/crmAdapter';
import type { EntityDescription, FieldDescription } from '../../model/entity';
import { fieldIndex } from './checkMapping';
import type { Nouns } from './decideMatch';
import type { PushSettings } from './pushTypes';

/** An entity with its fields by name and those that the push may touch. */
export interface PushEntity {
	readonly description: EntityDescription;
	readonly fields: ReadonlyMap<string, FieldDescription>;
	/** Mapped fields that this entity has. */
	readonly select: readonly string[];
	/** Field that holds the record's own id. */
	readonly idField: string;
}

/** Everything that stays the same during one push. */
export interface PushContext {
	readonly adapter: CrmAdapter;
	readonly settings: PushSettings;
	readonly entity: PushEntity;
	/** The entity that records convert to, when this push may meet or write it. */
	readonly target?: PushEntity;
	/** The key is a person's e-mail, so that the person may already be known as a target. */
	readonly asksTarget: boolean;
	readonly nouns: Nouns;
}

/** Looks at an entity through the mapped fields. */
export function pushEntity(description: EntityDescription, mapped: readonly string[]): PushEntity {
	const fields = fieldIndex(description);
	const idField = description.fields.find(({ type }) => type === 'id')?.name ?? 'Id';
	return { description, fields, idField, select: mapped.filter((name) => fields.has(name) && name !== idField) };
}

/**
 * Describes what the push needs to know: the entity, and its conversion target where a person's e-mail may already be known.
 *
 * @throws CrmError as `CrmAdapter.describe` does.
 */
export async function openPushContext(
	adapter: CrmAdapter,
	settings: PushSettings,
	description: EntityDescription,
	mapped: readonly string[],
): Promise<PushContext> {
	const entity = pushEntity(description, mapped);
	const { conversion } = description;
	const byEmail = entity.fields.get(settings.matchField)?.type === 'email';
	const follows = conversion !== undefined && (settings.converted === 'updateTarget' || (byEmail && settings.target === 'updateTarget'));
	const asksTarget = conversion !== undefined && byEmail && settings.target !== 'create';
	const target = follows
		? pushEntity(await adapter.describe(conversion.targetEntity), mapped)
		: asksTarget
			? pushEntity(unreadTarget(conversion.targetEntity, entity, settings.matchField), [])
			: undefined;
	return { adapter, settings, entity, target, asksTarget, nouns: nounsOf(description, target?.description, settings) };
}

/** Asking only whether the key is known there needs no description, and so no call. */
function unreadTarget(name: string, entity: PushEntity, matchField: string): EntityDescription {
	return {
		...entity.description,
		name,
		label: name,
		labelPlural: `${name}s`,
		fields: [entity.fields.get(matchField)!],
		recordTypes: [],
		conversion: undefined,
	};
}

function nounsOf(description: EntityDescription, target: EntityDescription | undefined, { matchField }: PushSettings): Nouns {
	return {
		entity: description.label,
		entities: description.labelPlural,
		target: target?.label ?? description.conversion?.targetEntity ?? description.label,
		targets: target?.labelPlural ?? description.conversion?.targetEntity ?? description.labelPlural,
		matchField: description.fields.find(({ name }) => name === matchField)?.label ?? matchField,
	};
}
