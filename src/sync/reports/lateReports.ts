import type { SyncLink } from '../../model/syncLink';
import type { SyncReport } from '../../model/syncReport';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { openedReport } from './sealedReport';

const PAGE = 500;

/** What runs that died decided and may not have told, as results of their own. This run, unless it dies too, has told it. */
export async function* lateReports(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	const { state, sync } = run;
	let after: string | undefined;
	do {
		const page = await state.listReports(sync.id, PAGE, after);
		const links = new Map((await state.links.byIds(sync.id, [...new Set(page.items.map(({ linkId }) => linkId))])).map((link) => [link.id, link]));
		if (page.items.length > 0) yield page.items.map((report) => lateResult(report, links.get(report.linkId), run));
		after = page.next;
	} while (after !== undefined);
}

function lateResult(report: SyncReport, link: SyncLink | undefined, { keyring }: SyncRun): SyncResult {
	const content = openedReport(report, keyring);
	const { appId = null, crmId = null } = content ?? link ?? {};
	const { at } = report;
	if (!content) return { items: [], appId, crmId, steps: [{ do: 'report', at, words: SEALED }], notes: [] };
	return { items: [], appId, crmId, steps: [{ do: 'report', at, words: LATE }], notes: [content.note] };
}

const LATE = 'From a run that was cut off before it could tell: what it decided about this field. If that was not done, it is decided anew.';
const SEALED =
	'A run that was cut off decided about a field of this record. Its values were sealed with a key that is no longer known, so that they cannot be shown any more. Compare both sides of the record.';
