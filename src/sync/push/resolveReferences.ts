import type { CrmAdapter, OwnerCandidate } from '../../model/crmAdapter';
import type { EntityDescription, FieldDescription } from '../../model/entity';
import type { Canonical } from '../values/canonical';
import { quoted } from '../values/quoted';
import { notAnId, type NamedReference } from './prepareItem';
import type { PushItem } from './pushTypes';
import { resolveKeys } from './resolveKeys';

const LONGEST_NAME = 255;

/** As many candidates as a sentence bears. */
const SHOWN_CANDIDATES = 10;

/**
 * Looks up the people, queues and teams that the items name as owners, and the records that they name by a key, and answers how each name or
 * id is to be written.
 *
 * @throws CrmError as `CrmAdapter.findOwners` and `resolveKeys` do.
 */
export async function resolveReferences(adapter: CrmAdapter, description: EntityDescription, items: readonly PushItem[]): Promise<NamedReference> {
	const ownerFields = description.fields.filter(({ namedBy }) => namedBy === 'owner');
	const names = ownerFields.flatMap((field) => items.flatMap(({ values }) => ownerName(values[field.name], field, adapter)));
	const owners = names.length > 0 ? await adapter.findOwners(description.name, [...new Set(names)]) : new Map<string, readonly OwnerCandidate[]>();
	const keyed = await resolveKeys(adapter, description, items);
	return (field, name) => {
		const id = adapter.canonicalId(name, belongingTo(field));
		if (id) return { ok: true, value: id };
		if (field.namedBy === 'owner') return oneOwner(name, owners.get(name) ?? [], field);
		if (field.namedBy === 'recordType') return recordTypeNamed(name, description);
		return field.namedBy === 'key' ? keyed(field, name) : notAnId(field, name);
	};
}

/** The name in the form in which it will be asked for; what is no name, or longer than any, is not searched. */
function ownerName(raw: unknown, field: FieldDescription, adapter: CrmAdapter): string[] {
	if (typeof raw !== 'string' || raw.length > LONGEST_NAME) return [];
	const name = raw.trim().normalize('NFC');
	return name === '' || adapter.canonicalId(name, belongingTo(field)) ? [] : [name];
}

/** Where names are looked up, a name that merely looks like an id must not pass for one. */
function belongingTo({ namedBy, referenceTo }: FieldDescription): readonly string[] | undefined {
	if (namedBy === 'recordType') return ['RecordType'];
	return namedBy === 'owner' ? referenceTo : undefined;
}

function oneOwner(name: string, candidates: readonly OwnerCandidate[], { ownedBy = 'queue' }: FieldDescription): Canonical {
	if (candidates.length === 1) return { ok: true, value: candidates[0].id };
	if (candidates.length === 0) return { ok: false, reason: `no active user or ${ownedBy} is called ${quoted(name)}` };
	const who = candidates.slice(0, SHOWN_CANDIDATES).map(({ name: full, kind, id }) => `${full} (${kind}, ${id})`).join(', ');
	return { ok: false, reason: `${candidates.length} users or ${ownedBy}s are called ${quoted(name)}: ${who}; give the id or the user name` };
}

function recordTypeNamed(name: string, { recordTypes, label }: EntityDescription): Canonical {
	const fold = name.toLowerCase();
	const byName = recordTypes.filter(({ developerName }) => developerName.toLowerCase() === fold);
	const [found, ...others] = byName.length > 0 ? byName : recordTypes.filter(({ name: shown }) => shown.toLowerCase() === fold);
	if (others.length > 0) return { ok: false, reason: `${others.length + 1} record types of ${label} are called ${quoted(name)}; give the developer name or the id` };
	if (!found) {
		const known = recordTypes.slice(0, SHOWN_CANDIDATES).map(({ name: shown }) => shown).join(', ') || 'none';
		return { ok: false, reason: `${label} has no record type ${quoted(name)}; there are: ${known}` };
	}
	if (!found.available) return { ok: false, reason: `the signed-in user may not use the record type ${quoted(found.name)}` };
	return { ok: true, value: found.id };
}
