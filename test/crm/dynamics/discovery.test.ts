import { readEnvironments } from '../../../src/crm/dynamics/discovery';

const answer = (status: number, text = '', headers: Readonly<Record<string, string>> = {}) => () => readEnvironments({ status, headers, text });

test.each<[string, () => unknown, object]>([
	['a limit with a short wait', answer(429, '', { 'retry-after': '7' }), { kind: 'throttled', transient: true, retryAfterMs: 7_000, message: expect.stringMatching(/takes no more requests for the moment\. It asks to wait for 7 seconds\.$/) }],
	['a limit with a long wait', answer(429, '', { 'retry-after': '300' }), { kind: 'throttled', transient: false, retryAfterMs: 300_000 }],
	['a limit without a wait', answer(429), { kind: 'throttled', transient: true, message: expect.stringMatching(/for the moment\.$/) }],
	['a refused sign-in', answer(401), { kind: 'auth' }],
	['a refused person', answer(403), { kind: 'auth' }],
	['a failing server', answer(503), { kind: 'unavailable', httpStatus: 503 }],
	['a page', answer(200, '<html>'), { kind: 'unavailable' }],
	['something else', answer(200, '{"value":7}'), { kind: 'unavailable' }],
])('%s is told in words', (_, read, expected) => {
	expect(read).toThrow(expect.objectContaining({ name: 'CrmError', ...expected }));
});

test('environments come by name; those without an address do not', () => {
	const text = JSON.stringify({ value: [{ FriendlyName: 'Foo', Url: 'https://foo.crm4.dynamics.com/', State: 1 }, { UniqueName: 'unq1', Url: 'https://bar.crm4.dynamics.com' }, { FriendlyName: 'No address' }, 7] });
	expect(answer(200, text)()).toMatchObject([{ name: 'Foo', environmentUrl: 'https://foo.crm4.dynamics.com', state: 'disabled' }, { name: 'unq1', environmentUrl: 'https://bar.crm4.dynamics.com' }]);
});
