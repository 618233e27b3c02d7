import { canonicalId } from '../../../src/crm/dynamics/guids';

const id = '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162';

test.each([id, id.toUpperCase(), `{${id}}`, `{${id.toUpperCase()}}`])('%p is an id', (text) => {
	expect(canonicalId(text)).toBe(id);
});

test.each(['', `{${id}`, `${id}}`, `{{${id}}}`, ` ${id}`, `${id}\n`, id.replaceAll('-', ''), id.replace('1f', 'xy'), `${id},${id}`, '00Q000000000001AAA'])('%p is none', (text) => {
	expect(canonicalId(text)).toBeUndefined();
});
