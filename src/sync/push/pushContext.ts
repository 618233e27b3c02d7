import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';
import type { EntityDescription, FieldDescription } from '../../model/entity';
import { fieldIndex } from './fieldUse';
import type { Nouns } from './decideMatch';
import type { PushSettings } from './pushTypes';

/** An entity with its fields by name and those that the push may touch. */
export interface PushEntity {
	readonly description: EntityDescription;
	readonly fields: ReadonlyMap<string, FieldDescription>;
	/** Mapped fields that this entity has. */
	readonly select: readonly string[];
	/** Fields without which no record can be created. */
	readonly required: readonly FieldDescription[];
	/** Field that finds records; its value is a record's key. */
	readonly matchField: string;
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
export function pushEntity(description: EntityDescription, mapped: readonly string[], matchField: string): PushEntity {
	const fields = fieldIndex(description);
	const idField = description.fields.find(({ type }) => type === 'id')?.name ?? 'Id';
	const select = [...new Set(mapped)].filter((name) => fields.has(name) && name !== idField);
	return { description, fields, select, required: description.fields.filter(({ required }) => required), matchField, idField };
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
	const entity = pushEntity(description, mapped, settings.matchField);
	const byEmail = entity.fields.get(settings.matchField)?.type === 'email';
	const target = await openTarget(adapter, entity, mapped, settings);
	const asksTarget = target !== undefined && byEmail && settings.target !== 'create';
	if (asksTarget && !target.fields.has(settings.matchField)) throw unseenTarget(target.description.label, settings.matchField);
	return { adapter, settings, entity, target, asksTarget, nouns: nounsOf(description, target?.description, settings) };
}

async function openTarget(adapter: CrmAdapter, entity: PushEntity, mapped: readonly string[], settings: PushSettings): Promise<PushEntity | undefined> {
	const { conversion } = entity.description;
	const { matchField } = settings;
	if (!conversion) return undefined;
	const byEmail = entity.fields.get(matchField)?.type === 'email';
	const follows = settings.converted === 'updateTarget' || (byEmail && settings.target === 'updateTarget');
	if (follows) return pushEntity(await describeTarget(adapter, conversion.targetEntity, matchField), mapped, matchField);
	return byEmail ? pushEntity(unreadTarget(conversion.targetEntity, entity, matchField), [], matchField) : undefined;
}

async function describeTarget(adapter: CrmAdapter, name: string, matchField: string): Promise<EntityDescription> {
	try {
		return await adapter.describe(name);
	} catch (error) {
		throw error instanceof CrmError && error.kind === 'notFound' ? unseenTarget(name, matchField, error) : error;
	}
}

/** Why a push cannot look whether a person is already known as a target: it must not create what it cannot look for. */
export function unseenTarget(label: string, matchField: string, cause?: unknown): CrmError {
	return new CrmError('permission', {
		message: `Whether somebody is already a ${label} cannot be seen: the signed-in user may not read ${label} records or their field ${matchField}.`,
		remedy: `Ask the CRM administrator for the right to read them, or choose in the node's options to create records whatever ${label} there is.`,
		fields: [matchField],
		cause,
	});
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
		converted: description.conversion?.verb ?? 'converted',
		matchField: description.fields.find(({ name }) => name === matchField)?.label ?? matchField,
	};
}
