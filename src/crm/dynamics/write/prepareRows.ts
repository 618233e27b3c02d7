import { CrmError } from '../../../model/crmError';
import type { Mutation } from '../../../model/record';
import type { Table } from '../describe/Table';
import type { Tables } from '../describe/Tables';
import type { Homes, Homeless } from './Homes';
import { openLookups, writeRow, type WriteRow } from './rows';

/** The mutations that can be sent, and why the others cannot. */
export interface PreparedRows {
	readonly rows: readonly WriteRow[];
	readonly refused: ReadonlyMap<number, CrmError>;
}

/** Makes rows of mutations: reads what must be known of their tables and lookups, and refuses alone what cannot be one. */
export async function prepareRows(mutations: readonly Mutation[], tables: Tables, homes: Homes): Promise<PreparedRows> {
	const refused = new Map<number, CrmError>();
	const found = await tablesOf(mutations, tables);
	const lookups = mutations.flatMap((mutation) => {
		const table = found.get(mutation.entity);
		return table && !(table instanceof CrmError) ? openLookups(mutation, table) : [];
	});
	const unfound = await findHomes(lookups, found, homes);
	const rows = mutations.flatMap((mutation, index) => {
		try {
			const table = found.get(mutation.entity);
			if (!table || table instanceof CrmError) throw table;
			if (unfound && openLookups(mutation, table).length > 0) throw unfound;
			return [writeRow(mutation, index, table, (id) => homes.of(id))];
		} catch (error) {
			if (!(error instanceof CrmError)) throw error;
			refused.set(index, error);
			return [];
		}
	});
	return { rows, refused };
}

/** A table that cannot be described stands for why. What would stop every other one too is not asked again. */
async function tablesOf(mutations: readonly Mutation[], tables: Tables): Promise<ReadonlyMap<string, Table | CrmError>> {
	const found = new Map<string, Table | CrmError>();
	let stopped: CrmError | undefined;
	for (const entity of new Set(mutations.map((mutation) => mutation.entity))) {
		try {
			if (stopped) throw stopped;
			found.set(entity, await tables.known(entity));
		} catch (error) {
			if (!(error instanceof CrmError)) throw error;
			if (['auth', 'throttled', 'cancelled', 'unavailable'].includes(error.kind)) stopped = error;
			// Nothing was sent that could have written anything.
			found.set(entity, surely(error));
		}
	}
	return found;
}

async function findHomes(lookups: readonly Homeless[], found: ReadonlyMap<string, Table | CrmError>, homes: Homes): Promise<CrmError | undefined> {
	if (lookups.length === 0) return undefined;
	const table = [...found.values()].find((one): one is Table => !(one instanceof CrmError));
	try {
		if (table) await homes.find(lookups, table.catalogue);
		return undefined;
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		return surely(error);
	}
}

/** The failure of a read says nothing about a write. */
function surely({ kind, message, remedy, code, reason, httpStatus, transient, retryAfterMs, cause }: CrmError): CrmError {
	return new CrmError(kind, { message, remedy, code, reason, httpStatus, transient, retryAfterMs, cause });
}
