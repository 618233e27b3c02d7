import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { followPath, itemPathOf } from '../../../src/n8n/push/plainExpression';
import { n8nValue } from './n8nExpression';

const names = ['a', 'b', 'First name', 'E-mail', 'length', 'toString', '0', '1', 'ü', '$x', '_', 'item', 'json', 'trim'];
const name = fc.constantFrom(...names);
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true }));
const { value } = fc.letrec((tie) => ({
	value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 4 })),
}));
const item = fc.dictionary(name, value, { maxKeys: 6 }) as fc.Arbitrary<IDataObject>;
const space = fc.constantFrom('', ' ', '  ', '\n');
const step = fc.tuple(name, fc.constantFrom('dot', 'single', 'double', 'number'), space).map(([key, form, gap]) => {
	if (form === 'dot' && /^[A-Za-z_$][\w$]*$/.test(key)) return `${gap}.${gap}${key}`;
	if (form === 'number' && /^\d+$/.test(key)) return `${gap}[${gap}${key}${gap}]`;
	return form === 'single' ? `[${gap}'${key}'${gap}]` : `[${gap}"${key}"${gap}]`;
});
const expression = fc.tuple(space, fc.array(step, { minLength: 1, maxLength: 4 }), space).map(([before, steps, after]) => `={{${before}$json${steps.join('')}${after}}}`);

/** What an expression gives when it is read without n8n; `elsewhere` when it is not. */
function plainValue(text: string, json: IDataObject): unknown {
	const path = itemPathOf(text);
	const found = path ? followPath(json, path) : 'elsewhere';
	return found === 'elsewhere' ? 'elsewhere' : found.value;
}

function n8nOutcome(text: string, json: IDataObject): unknown {
	try {
		return n8nValue(text, json);
	} catch (error) {
		return error;
	}
}

describe('plainExpression', () => {
	it('reads what n8n itself reads, whatever the item and the path', () => {
		fc.assert(
			fc.property(item, expression, (json, text) => {
				const plain = plainValue(text, json);
				if (plain !== 'elsewhere') expect(plain).toEqual(n8nOutcome(text, json));
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		['={{ $json.a }}', ['a']],
		["={{$json['First name']}}", ['First name']],
		['={{ $json["a"].b[0] }}', ['a', 'b', '0']],
		['={{ $json . a [ "b" ] }}', ['a', 'b']],
	])('knows the path of %s', (text, path) => {
		expect(itemPathOf(text)).toEqual(path);
	});

	it.each([
		'{{ $json.a }}',
		'={{ $json }}',
		'={{ $json.a }} ',
		'= {{ $json.a }}',
		'={{ $json.a }}x',
		'={{ $json.a + 1 }}',
		'={{ $json.a() }}',
		'={{ $json?.a }}',
		'={{ $json.a.b.trim() }}',
		'={{ $json[$json.a] }}',
		"={{ $json['a\\'b'] }}",
		"={{ $json['a}}b'] }}",
		"={{ $json['a\nb'] }}",
		'={{ $json.1 }}',
		"={{ $json['a']b }}",
		'={{ $json[`a`] }}',
		'={{ $item.json.a }}',
		'={{ $json.ü }}',
	])('leaves %j to n8n', (text) => {
		expect(itemPathOf(text)).toBeUndefined();
	});

	it.each(['length', 'toString', 'constructor', '__proto__', 'hasOwnProperty'])('leaves what is inherited (%s) to n8n', (inherited) => {
		expect(followPath({}, [inherited])).toEqual(inherited === 'length' ? { value: undefined } : 'elsewhere');
		expect(followPath({ a: 'text' }, ['a', inherited])).toBe('elsewhere');
		expect(followPath({ a: 5 }, ['a', inherited])).toBe('elsewhere');
	});

	it('reads own properties, whatever they are called', () => {
		expect(followPath({ length: 3, toString: 'x' }, ['length'])).toEqual({ value: 3 });
		expect(followPath({ toString: 'x' }, ['toString'])).toEqual({ value: 'x' });
		expect(followPath({ a: [1, { b: null }] }, ['a', '1', 'b'])).toEqual({ value: null });
		expect(followPath({ a: null }, ['a', 'b', 'c'])).toEqual({ value: undefined });
	});

	it('takes a long hostile text for no path, at once', () => {
		expect(itemPathOf(`={{ $json${' .a'.repeat(20_000)} + 1 }}`)).toBeUndefined();
		expect(itemPathOf(`={{ $json${' '.repeat(50_000)}`)).toBeUndefined();
	});
});
