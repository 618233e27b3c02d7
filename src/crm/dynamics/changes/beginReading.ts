import type { ChangeQuery } from '../../../model/changeReader';
import { CrmError } from '../../../model/crmError';
import type { RestAnswer, RestRequest } from '../rest/DynamicsRest';
import type { ChangeContext } from './changeContext';
import { readCursor, type ChangeCursor, type ModifiedCursor, type Untracked } from './changeCursor';
import type { ModifiedReading } from './modifiedChanges';
import { changedSince, everythingTracked, showsAll, type TrackedReading } from './trackedChanges';
import { rowView } from './versionedRows';

/** Where change tracking was missing, it is tried again so long after: an administrator may have switched it on. */
const triedAgainAfterMs = 24 * 60 * 60_000;

/**
 * Begins where the last reading ended, as well as Dataverse lets us:
 *
 * | the last reading ended with | and now | this one |
 * |---|---|---|
 * | a delta link | it is good | follows it |
 * | a delta link | it has expired, is refused, or shows too little | reads everything |
 * | a time | tracking was tried within a day | reads what was modified since |
 * | a time | else, and Dataverse tracks | reads everything |
 * | a time | else, and Dataverse does not track | reads what was modified since |
 * | nothing | Dataverse tracks, or not | reads everything |
 */
export async function beginReading({ entity, select, since }: ChangeQuery, context: ChangeContext): Promise<TrackedReading | ModifiedReading> {
	const cursor = since === undefined ? undefined : readCursor(since, { host: context.host, table: entity });
	const view = rowView(await context.tables.known(entity), select);
	if (cursor?.how === 'modified' && cursor.at - cursor.triedAt < triedAgainAfterMs) return { how: 'modified', view, since: cursor, why: cursor.why, tried: false };
	if (cursor?.how === 'delta' && showsAll(cursor.link, view)) {
		const answer = await answerUnlessRefused(changedSince(cursor.link, view), context, (error) => error.kind === 'validation' || error.kind === 'permission');
		if (!(answer instanceof CrmError)) return { how: 'tracked', view, link: cursor.link, answer };
	}
	return await beginAnew({ entity, select }, cursor, context);
}

/** Links end when a table is changed, so what is known of it is asked again: a column may be secured now, and empty no longer mean empty. */
async function beginAnew({ entity, select }: Pick<ChangeQuery, 'entity' | 'select'>, cursor: ChangeCursor | undefined, context: ChangeContext): Promise<TrackedReading | ModifiedReading> {
	const { tables } = context;
	const view = rowView(cursor === undefined ? await tables.known(entity) : await tables.describe(entity, true), select);
	const answer = await answerUnlessRefused(everythingTracked(view), context, (error) => whyUntracked(error) !== undefined);
	if (!(answer instanceof CrmError)) return { how: 'tracked', view, answer };
	return { how: 'modified', view, since: timeIn(cursor), why: whyUntracked(answer) ?? 'off', tried: true };
}

function timeIn(cursor: ChangeCursor | undefined): ModifiedCursor | undefined {
	return cursor?.how === 'modified' ? cursor : undefined;
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems */
function whyUntracked({ kind, code }: CrmError): Untracked | undefined {
	if (code === '0x80072491') return 'off';
	return kind === 'permission' ? 'rights' : undefined;
}

async function answerUnlessRefused(request: RestRequest, { rest }: ChangeContext, isRefusal: (error: CrmError) => boolean): Promise<RestAnswer | CrmError> {
	try {
		return await rest.read(request);
	} catch (error) {
		if (error instanceof CrmError && isRefusal(error)) return error;
		throw error;
	}
}
