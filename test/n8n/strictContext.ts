/** Members that JavaScript and Jest themselves look for. */
const ASKED_BY_THE_LANGUAGE = new Set<string | symbol>([
	'then',
	'toJSON',
	'asymmetricMatch',
	'constructor',
	'nodeType',
	'$$typeof',
	'@@__IMMUTABLE_ITERABLE__@@',
]);

/** A context (or a part of one) that has what the test defines, and throws on everything else instead of being undefined. */
export function strictContext<T extends object>(members: object, name = 'context'): T {
	return new Proxy(members, {
		get(target, key, receiver) {
			if (typeof key === 'symbol' || ASKED_BY_THE_LANGUAGE.has(key)) return Reflect.get(target, key, receiver) as unknown;
			if (!(key in target)) throw new Error(`the code under test used ${name}.${key}, which this test does not define`);
			const value = Reflect.get(target, key, receiver) as unknown;
			return isPlainObject(value) ? strictContext(value, `${name}.${key}`) : value;
		},
	}) as T;
}

function isPlainObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
