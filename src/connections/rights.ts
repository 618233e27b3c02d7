import type { EntityDescription, EntityRights, Reach, Right } from '../model/entity';
import type { Diagnosis } from './diagnosis';
import type { HealthFindings } from './health';

type RightsFindings = Pick<HealthFindings, 'description' | 'rights' | 'neededRights' | 'entity'>;

/** What the user may do at least with some records, as far as the entity allows it to anybody. */
export function allowedRights({ readable, createable, updateable }: EntityDescription, rights: HealthFindings['rights']): Record<Right, boolean> {
	const held = (right: Right) => !isTold(rights) || rights[right].reach !== 'none';
	return { read: readable && held('read'), create: createable && held('create'), edit: updateable && held('edit') };
}

/** One problem for each right that is needed and missing. */
export function missingRights({ description, rights, neededRights, entity }: RightsFindings): Diagnosis[] {
	if (!description) return [];
	const allowed = allowedRights(description, rights);
	return neededRights.filter((right) => !allowed[right]).map((right) => ({
		cause: `no-${right}-right`,
		certainty: 'proven',
		words: `The signed-in user may not ${right} ${description.labelPlural} (${entity}).`,
		whatToDo: askFor(right, isTold(rights) ? rights[right].name : undefined),
	}));
}

function askFor(right: Right, name: string | undefined): string {
	if (name !== undefined) return `Ask the admin of the CRM for a security role with the privilege ${name}.`;
	return `Ask the admin of the CRM to give the user the permission "${right[0].toUpperCase()}${right.slice(1)}" on this object.`;
}

/** That rights are not known, or reach some records only. */
export function rightsWarnings({ description, rights, neededRights, entity }: RightsFindings): Diagnosis[] {
	if (!description || rights === undefined) return [];
	const object = `${description.labelPlural} (${entity})`;
	if (rights === 'untold') return [untold(object)];
	const narrow = neededRights.flatMap((right) => [narrowWords[rights[right].reach]].flatMap((words) => (words === undefined ? [] : [`may ${right} only ${words}`])));
	return narrow.length === 0 ? [] : [narrowRights(object, narrow)];
}

/** Where a right reaches all records, or none, there is nothing to tell. */
const narrowWords: Readonly<Partial<Record<Reach, string>>> = {
	own: 'those that belong to the user or to a team of the user',
	unit: 'those of the business unit of the user',
	unitAndBelow: 'those of the business unit of the user and of the units below it',
	some: 'some of them',
};

function narrowRights(object: string, narrow: readonly string[]): Diagnosis {
	return {
		cause: 'rights-on-some-records',
		certainty: 'proven',
		words: `Of all ${object}, the signed-in user ${narrow.join(', ')}.`,
		whatToDo: 'If the workflow is about all of them, ask the admin of the CRM for a security role that reaches the whole organization. Records that the user may not read are not found, so they may be created once more, and nobody tells when they are deleted.',
	};
}

function untold(object: string): Diagnosis {
	return {
		cause: 'rights-unknown',
		certainty: 'unknown',
		words: `The CRM does not tell what the roles of the signed-in user allow with ${object}. The rights shown are those that the object allows at all.`,
		whatToDo: 'Try it with one record, or ask the admin of the CRM to let the user read users (in Dynamics 365 the privilege prvReadUser).',
	};
}

function isTold(rights: HealthFindings['rights']): rights is EntityRights {
	return rights !== undefined && rights !== 'untold';
}
