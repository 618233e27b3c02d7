import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';
import type { EntityDescription } from '../../model/entity';
import { quoted } from '../../sync/values/quoted';

/**
 * The object as the CRM describes it; `fresh` as it is right now.
 *
 * @throws CrmError as `CrmAdapter.describe` does, and where there is no such object, naming it.
 */
export async function describeObject(adapter: Pick<CrmAdapter, 'describe'>, object: string, fresh = false): Promise<EntityDescription> {
	try {
		return await adapter.describe(object, fresh);
	} catch (error) {
		if (!(error instanceof CrmError) || error.kind !== 'notFound') throw error;
		throw new CrmError('notFound', {
			message: `There is no object ${quoted(object)} in the CRM, or the signed-in user may not see it.`,
			remedy: 'Choose an object from the list, check its API name, or ask the CRM administrator to show it to this user.',
			code: error.code,
			httpStatus: error.httpStatus,
			cause: error,
		});
	}
}
