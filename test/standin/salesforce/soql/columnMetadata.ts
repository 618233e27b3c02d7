import type { FieldType } from '../schema/field';
import type { QueryAnswer } from './runQuery';
import type { Column } from './selection';

const apexTypes: Partial<Record<FieldType, string>> = {
	id: 'Id', reference: 'Id', boolean: 'Boolean', int: 'Integer', double: 'Double', currency: 'Double', percent: 'Double', date: 'Date', datetime: 'Datetime',
};

/** What `&columns=true` answers instead of records; undocumented, read by the Salesforce CLI. https://github.com/salesforcecli/plugin-data */
export function columnMetadata({ object, columns, totalSize }: QueryAnswer): object {
	const own = columns.filter((column) => column.path.steps.length === 0).map((column) => describe(column));
	const parents = new Map<string, object[]>();
	for (const column of columns) {
		const name = column.path.steps[0]?.relationshipName;
		if (name) parents.set(name, [...(parents.get(name) ?? []), describe(column)]);
	}
	const joined = [...parents].map(([name, joinColumns]) => ({ ...plain(name), apexType: 'SObject', custom: name.endsWith('__r'), joinColumns }));
	return {
		columnMetadata: [...own, ...joined], entityName: object.name, groupBy: false, idSelected: columns.some(({ path }) => path.spec.name === 'Id'),
		keyPrefix: object.keyPrefix, size: totalSize,
	};
}

const plain = (name: string) => ({
	aggregate: false, apexType: 'String', booleanType: false, columnName: name, custom: false, displayName: name, foreignKeyName: null as string | null,
	insertable: false, joinColumns: [] as object[], numberType: false, textType: false, updatable: false,
});

function describe({ path: { spec } }: Column): object {
	const apexType = apexTypes[spec.type] ?? 'String';
	const numberType = ['Integer', 'Double'].includes(apexType);
	return {
		...plain(spec.name), apexType, booleanType: apexType === 'Boolean', custom: spec.custom, insertable: spec.createable,
		numberType, textType: apexType === 'String', updatable: spec.updateable,
	};
}
