import { randomUUID } from 'node:crypto';
import type { VersionedRecord } from '../../../model/changeReader';
import { CrmError } from '../../../model/crmError';
import type { EntityDescription } from '../../../model/entity';
import { textOf, type Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import { recordOf } from '../match/resultPage';
import { checkedField, distinctNames } from '../names';
import { momentIn, momentText } from './moments';

/** What is read of an object's records: what was asked for, and what tells who changed a record when. */
export interface RowView {
	readonly entity: string;
	readonly fields: readonly string[];
	readonly selected: readonly string[];
	/** Records of the object can be merged. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_merge.htm */
	readonly merges: boolean;
}

/** The view of these fields; Salesforce refuses an unknown one. */
export function rowView(entity: string, description: EntityDescription, select: readonly string[]): RowView {
	const known = new Set(description.fields.map(({ name }) => name));
	if (!known.has('SystemModstamp')) throw cannotTell(description);
	const fields = distinctNames(select.map(checkedField));
	const own = ['LastModifiedDate', 'LastModifiedById'].filter((name) => known.has(name));
	return { entity, fields, selected: distinctNames(['Id', 'SystemModstamp', ...own, ...fields]), merges: known.has('MasterRecordId') };
}

/** The records of an answer that came at `answeredAt`, milliseconds since 1970 by the CRM's clock. */
export function versionedRecords(rows: readonly Json[], { entity, fields }: RowView, answeredAt: number | undefined): readonly VersionedRecord[] {
	return rows.map((row) => {
		const changedBy = canonicalId(textOf(row.LastModifiedById) ?? '');
		const changedAt = momentIn(row.LastModifiedDate);
		return {
			...recordOf(row, entity, fields),
			stamp: stampText(stampOf(row), answeredAt),
			...(changedBy === undefined ? {} : { changedBy }),
			...(changedAt === undefined ? {} : { changedAt: momentText(changedAt) }),
		};
	});
}

/** When Salesforce saved a record last, automatic saves included. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/system_fields.htm */
export function stampOf(row: Json): number {
	const at = momentIn(row.SystemModstamp);
	if (at === undefined) throw malformedAnswer('a record without its time stamp');
	return at;
}

/**
 * Stamps are whole seconds, so that a record may be saved again with the stamp that was just read. One read so soon after it was saved gets
 * a stamp that equals no other: whoever compares reads it once more. The seconds make up for clocks of several servers.
 */
const settledAfterMs = 5_000;

function stampText(at: number, answeredAt: number | undefined): string {
	const settled = answeredAt !== undefined && answeredAt - at >= settledAfterMs;
	return settled ? momentText(at) : `${momentText(at)} ${randomUUID()}`;
}

function cannotTell({ labelPlural }: EntityDescription): CrmError {
	return new CrmError('validation', {
		message: `Nobody can tell which ${labelPlural} change in Salesforce: they bear no time stamp.`,
		remedy: 'Sync another object.',
	});
}
