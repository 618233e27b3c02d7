/** What a user may do with an object's records. */
export interface ObjectAccess {
	readonly create: boolean;
	readonly read: boolean;
	readonly update: boolean;
	readonly delete: boolean;
}

/** How far a user sees a field: not at all, or without the right to change it. */
export type FieldAccess = 'hidden' | 'readOnly';

const everything: ObjectAccess = { create: true, read: true, update: true, delete: true };

/** Object permissions and field-level security of one org, for all users or for one. */
export class Access {
	private readonly objects = new Map<string, ObjectAccess>();
	private readonly fields = new Map<string, FieldAccess | 'open'>();

	setObject(object: string, access: Partial<ObjectAccess>, user = '*'): void {
		this.objects.set(key(user, object), { ...everything, ...access });
	}

	setField(object: string, field: string, access: FieldAccess | 'open', user = '*'): void {
		this.fields.set(key(user, object, field), access);
	}

	object(user: string, object: string): ObjectAccess {
		return this.objects.get(key(user, object)) ?? this.objects.get(key('*', object)) ?? everything;
	}

	field(user: string, object: string, field: string): FieldAccess | 'open' {
		return this.fields.get(key(user, object, field)) ?? this.fields.get(key('*', object, field)) ?? 'open';
	}
}

const key = (...parts: string[]): string => parts.join('.').toLowerCase();
