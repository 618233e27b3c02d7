import type { CrmAdapter, RecordPage } from '../../../src/model/crmAdapter';
import { findMatches } from '../../../src/sync/push/findMatches';
import { openPushContext } from '../../../src/sync/push/pushContext';
import { lead } from '../entities';
import { defaults } from '../pushing';

/** A CRM that takes whatever it is asked for as the address of one stored lead. */
function crmThatFinds(Email: string): CrmAdapter {
	return {
		async *match(): AsyncGenerator<RecordPage> {
			yield await Promise.resolve({ query: 0, records: [{ entity: 'Lead', id: 'L1', values: { Email } }] });
		},
	} as unknown as CrmAdapter;
}

test.each([
	['a capital i with a dot', 'İpek@x.com', 'ipek@x.com', 1],
	['an accent', 'rene@x.com', 'rené@x.com', 1],
	['another address', 'other@x.com', 'ipek@x.com', 0],
])('a record that the CRM found by %s belongs to the key most like it', async (_case, stored, asked, count) => {
	const context = await openPushContext(crmThatFinds(stored), { ...defaults, target: 'create' }, lead, ['Email', 'LastName', 'Company']);
	const found = await findMatches(context, [{ key: asked, matchValue: asked }]);
	expect(found.get(asked)?.open).toHaveLength(count);
});
