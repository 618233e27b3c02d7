import { preferencesOf, type ApiAnswer, type ApiRequest } from '../api/ApiRequest';
import { badQuery, DataverseError } from '../http/DataverseError';
import { checkOptions, appliedHeader, searchWithout, shapeOf } from '../query/queryRows';
import { fromSkipToken, toSkipToken } from '../query/paging';
import { contextColumns, showRow } from '../query/showRow';
import { checkPrivilege } from '../records/privileges';
import type { Row } from '../records/row';
import type { Table } from '../schema/table';

const forbidden = ['filter', 'orderby', 'expand', 'top'];
const largestPage = 5000;

interface Entry {
	readonly version: number;
	/** 0 for changed rows, 1 for deletions, which come last. */
	readonly phase: number;
	readonly row?: Row;
	readonly deleted?: string;
}

interface Read {
	/** Undefined for the first reading, of everything. */
	readonly since: number | undefined;
	/** Where the next reading begins. */
	readonly until: number;
	readonly after: readonly [phase: number, version: number];
	readonly page: number;
}

/** Whether a request reads changes. */
export const tracksChanges = (request: ApiRequest): boolean =>
	preferencesOf(request).trackChanges || request.url.options.$deltatoken !== undefined || (request.url.options.$skiptoken ?? '').includes('istracking="True"');

/** Answers a reading of changes: all rows at first, later what changed and what was deleted. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems */
export function trackChanges(request: ApiRequest, table: Table): ApiAnswer {
	const { url, base, env } = request;
	const preferences = preferencesOf(request);
	const read = begin(request, table);
	const shape = shapeOf(request, table);
	const entries = entriesOf(request, table, read);
	const size = preferences.pageSize ?? largestPage;
	const shown = entries.slice(0, size);
	const columns = contextColumns(shape);
	const search = searchWithout(searchWithout(url.search, '$skiptoken').replace(/&$/, ''), '$deltatoken');
	const last = shown[shown.length - 1];
	const link =
		entries.length > size
			? {
					'@odata.nextLink': `${base}/${url.path}?${search}$skiptoken=${toSkipToken({ page: read.page + 1, tracking: true, after: [read.since ?? null, read.until, last.phase, last.version] })}`,
				}
			: { '@odata.deltaLink': `${base}/${url.path}?${search}$deltatoken=${toDeltaToken(read.until, env.clock())}` };
	const value = shown.map((entry) =>
		entry.row
			? showRow(request, shape, entry.row)
			: { '@odata.context': `${base}/$metadata#${table.setName}/$deletedEntity`, id: entry.deleted, reason: 'deleted' },
	);
	return {
		status: 200,
		body: { '@odata.context': `${base}/$metadata#${columns}${read.since === undefined ? '' : '/$delta'}`, ...link, value },
		headers: appliedHeader(preferences.applied),
	};
}

/** Answers `/leads/$count?$deltatoken=…`. */
export function countChanges(request: ApiRequest, table: Table): ApiAnswer {
	return { status: 200, body: `\uFEFF${entriesOf(request, table, begin(request, table)).length}`, headers: { 'Content-Type': 'text/plain' } };
}

function begin(request: ApiRequest, table: Table): Read {
	const { url, env } = request;
	checkOptions(request);
	for (const name of forbidden)
		if (url.options[`$${name}`] !== undefined) throw badQuery(`The "\${${name}}" query parameter isn't supported when Change Tracking is enabled.`);
	if (!table.changeTracking) throw new DataverseError(400, '0x80072491', `Entity ${table.name} isn't enabled for change tracking.`);
	checkPrivilege(request, table, 'Read', true);
	const { $skiptoken, $deltatoken } = url.options;
	if ($skiptoken !== undefined) {
		const { page, after } = fromSkipToken($skiptoken);
		const [since, until, phase, version] = after as [number | null, number, number, number];
		return { since: since ?? undefined, until, after: [phase, version], page };
	}
	return { since: $deltatoken === undefined ? undefined : fromDeltaToken(request, table, $deltatoken), until: env.store.version, after: [0, 0], page: 1 };
}

function entriesOf({ env }: ApiRequest, table: Table, { since, after }: Read): Entry[] {
	const rows = env.store.all(table.name).map((row): Entry => ({ row, version: Number(row.versionnumber), phase: 0 }));
	const changed = rows.filter(({ version }) => version > (since ?? 0)).sort((left, right) => left.version - right.version);
	// A first reading shows no deletions; a record that was made and deleted since the last one is shown as deleted.
	const gone = since === undefined ? [] : env.store.deletionsAfter(table.name, since).filter(({ id }) => !env.store.get(table.name, id));
	const all = [...changed, ...gone.map(({ id, version }): Entry => ({ deleted: id, version, phase: 1 }))];
	return all.filter(({ phase, version }) => phase > after[0] || (phase === after[0] && version > after[1]));
}

const two = (part: number): string => String(part).padStart(2, '0');

function toDeltaToken(version: number, at: number): string {
	const date = new Date(at);
	const text = `${version}!${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
	return encodeURIComponent(text)
		.replace(/[!]/g, '%21')
		.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

const expired = (): DataverseError =>
	new DataverseError(400, '0x80044352', 'Version stamp associated with the client has expired. Please perform a full sync.');

function fromDeltaToken({ env }: ApiRequest, table: Table, token: string): number {
	const match = /^(\d+)!(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/.exec(token);
	if (!match) throw badQuery('The delta token is not valid.');
	const [version, month, day, year, hours, minutes, seconds] = match.slice(1).map(Number);
	const at = Date.UTC(year, month - 1, day, hours, minutes, seconds);
	const tooOld = env.clock() - at > env.settings.expireChangeTrackingInDays * 86_400_000;
	if (tooOld || version < env.settings.oldestDelta || version < table.changedAt) throw expired();
	return version;
}
