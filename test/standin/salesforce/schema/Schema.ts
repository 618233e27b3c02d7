import { keyPrefixOf } from '../ids';
import { field, type FieldOptions, type FieldSpec, type FieldType } from './field';
import type { ChildRelationship, ObjectSpec } from './sobject';
import type { Clock } from '../time';
import { standardObjects } from './objects';

/** The objects and fields of one org; names are found in any case, as Salesforce does. */
export class Schema {
	private readonly objects = new Map<string, ObjectSpec>();
	private readonly fields = new Map<string, Map<string, FieldSpec>>();

	/** When the schema last changed, in whole seconds of milliseconds, for If-Modified-Since. */
	changedAt = 0;

	constructor(private readonly clock: Clock) {
		for (const spec of standardObjects()) this.addObject(spec);
		this.addChildren(['Contact', 'AccountId', 'Contacts'], ['Opportunity', 'AccountId', 'Opportunities'], ['Case', 'ContactId', 'Cases']);
	}

	/** Every object, in alphabetical order of its name. */
	all(): ObjectSpec[] {
		return [...this.objects.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
	}

	object(name: string): ObjectSpec | undefined {
		return this.objects.get(name.toLowerCase());
	}

	objectOfId(id: string): ObjectSpec | undefined {
		return this.all().find((spec) => spec.keyPrefix === keyPrefixOf(id));
	}

	field(object: ObjectSpec, name: string): FieldSpec | undefined {
		return this.fields.get(object.name)?.get(name.toLowerCase());
	}

	/** The reference field that a query reaches as `Owner` or `Account__r`. */
	relationship(object: ObjectSpec, name: string): FieldSpec | undefined {
		const wanted = name.toLowerCase();
		return object.fields.find((spec) => spec.relationshipName?.toLowerCase() === wanted);
	}

	addObject(spec: ObjectSpec): ObjectSpec {
		this.touch();
		this.objects.set(spec.name.toLowerCase(), spec);
		this.fields.set(spec.name, new Map(spec.fields.map((one) => [one.name.toLowerCase(), one])));
		return spec;
	}

	addField(objectName: string, name: string, type: FieldType, options: FieldOptions): FieldSpec {
		const object = this.required(objectName);
		const spec = field(name, type, options);
		this.touch();
		const old = object.fields.findIndex((one) => one.name === name);
		if (old >= 0) object.fields.splice(old, 1, spec);
		else object.fields.push(spec);
		this.fields.get(object.name)?.set(name.toLowerCase(), spec);
		return spec;
	}

	/** The object, for callers that name one that must exist. */
	required(name: string): ObjectSpec {
		const spec = this.object(name);
		if (!spec) throw new Error(`The stand-in org has no object ${name}`);
		return spec;
	}

	/** Notes that descriptions changed. */
	touch(): void {
		this.changedAt = Math.floor(this.clock() / 1000) * 1000;
	}

	private addChildren(...children: Array<[string, string, string]>): void {
		for (const [childSObject, fieldName, relationshipName] of children) {
			const child: ChildRelationship = { childSObject, field: fieldName, relationshipName };
			const parent = this.field(this.required(childSObject), fieldName)?.referenceTo[0];
			if (parent) this.required(parent).childRelationships.push(child);
		}
	}
}
