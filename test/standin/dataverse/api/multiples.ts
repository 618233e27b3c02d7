import { badPayload, DataverseError } from '../http/DataverseError';
import { findByKey, requireByKey } from '../records/findByKey';
import type { Row, Value } from '../records/row';
import { createRow, updateRow } from '../records/save';
import type { Multiple, Table } from '../schema/table';
import { objectBody, writerOf, type ApiAnswer, type ApiRequest } from './ApiRequest';
import { keyOfTarget } from './rows';

type Target = Readonly<Record<string, unknown>>;

/** CreateMultiple, UpdateMultiple, UpsertMultiple: all rows or none, and no word on which row was wrong. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations */
export function runMultiple(request: ApiRequest, table: Table, message: string): ApiAnswer {
	if (message === 'DeleteMultiple') throw new DataverseError(501, '0x80040216', 'DeleteMultiple has not yet been implemented.');
	if (!table.multiples.includes(message as Multiple))
		throw new DataverseError(
			400,
			'0x80040800',
			`The '${message}' method does not support entities of type '${table.name}'. MessageProcessorCache returned MessageProcessor.Empty. `,
		);
	const targets = targetsOf(request, table);
	const perform = messages[message as Multiple];
	return request.env.store.transaction(() => perform(request, table, targets));
}

const messages: Record<Multiple, (request: ApiRequest, table: Table, targets: readonly Target[]) => ApiAnswer> = {
	CreateMultiple: (request, table, targets) => {
		const ids = targets.map((target) => createRow(writerOf(request), table, target, keyed(request, table, target))[table.primaryId]);
		return { status: 200, body: { '@odata.context': `${request.base}/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse`, Ids: ids } };
	},
	UpdateMultiple: (request, table, targets) => {
		for (const target of targets) {
			const key = keyOfTarget(request, table, target);
			if (!key) throw new DataverseError(400, '0x80040203', 'Entity Id must be specified for Update');
			updateRow(writerOf(request), table, requireByKey(request.env, table, key), target);
		}
		return { status: 204 };
	},
	UpsertMultiple: (request, table, targets) => {
		for (const target of targets) {
			const key = keyOfTarget(request, table, target);
			const before = key && findByKey(request.env, table, key);
			if (before) updateRow(writerOf(request), table, before, target);
			else createRow(writerOf(request), table, target, keyed(request, table, target));
		}
		return { status: 204 };
	},
};

function keyed(request: ApiRequest, table: Table, target: Target): Row {
	const key = keyOfTarget(request, table, target);
	if (!key) return {};
	return 'id' in key ? { [table.primaryId]: key.id as Value } : key.values;
}

function targetsOf(request: ApiRequest, table: Table): readonly Target[] {
	const { Targets } = objectBody(request, table.setName);
	if (!Array.isArray(Targets) || Targets.length === 0) throw new DataverseError(400, '0x80040203', "Required field 'Targets' is missing or empty.");
	for (const target of Targets as unknown[]) {
		const type = typeof target === 'object' && target !== null ? (target as Target)['@odata.type'] : undefined;
		if (typeof type !== 'string')
			throw badPayload(table.setName, "A type named 'Microsoft.Dynamics.CRM.crmbaseentity' is abstract; every resource in Targets needs its @odata.type.");
		if (type.replace(/^#/, '') !== `Microsoft.Dynamics.CRM.${table.name}`)
			throw badPayload(table.setName, `The type '${type}' does not belong to the set '${table.setName}'.`);
	}
	return Targets as Target[];
}
