import { randomBytes } from 'node:crypto';
import type { Contract } from './describeStateStore';
import { connection, run, signIn } from './samples';

const HOSTILE = [
	`'; drop table connections; --`,
	`"crm_sync"."connections"`,
	`$1 ? :name @name \\ \\' %_`,
	`</script><b>{{ $json.x }}</b>`,
	`emoji 👩‍👩‍👧‍👦, right to left \u202e, zero width \u200b, line\r\nbreak\ttab`,
	`null`,
	`İstanbul ß ﬁ ǅ`,
];

const refused = { name: 'StateStoreError', failure: 'failed' };

export function describeHostileContent(contract: Contract): void {
	contract('gives back any text as it was, in values and in ids', async (world) => {
		const store = await world.open();
		for (const [n, text] of HOSTILE.entries()) {
			const stored = connection(text, { name: text, description: text, orgId: `${n}${text}` });
			const cause = { cause: text, certainty: 'unknown', words: text, whatToDo: text, code: text } as const;
			const used = signIn(text, text, { cause, credentialName: text });
			const done = run(text, { nodeName: text, words: text, counts: { [text]: 1 }, connectionId: text });
			await store.connections.commit({ connections: [{ value: stored, basedOn: 0 }], signIns: [{ value: used, basedOn: 0 }] });
			await store.runs.save(done);
			expect((await store.connections.find(text))?.value).toEqual(stored);
			expect(await store.connections.listSignIns([text])).toEqual([used]);
			expect((await store.runs.list({ limit: 1, connectionId: text })).items).toEqual([done]);
			expect(await store.leases.acquire(text, text, 1000)).toMatchObject({ scope: text, fence: 1 });
		}
		expect((await store.connections.list({ limit: 1000 })).items).toHaveLength(HOSTILE.length);
	});

	contract('puts U+FFFD in place of characters that not every database takes', async (world) => {
		const { connections, runs } = await world.open();
		await connections.commit({ connections: [{ value: connection('a\0b', { name: 'x\ud800y\0', orgName: '\udc00' }), basedOn: 0 }] });
		const found = await connections.find('a\0b');
		expect(found?.value).toMatchObject({ id: 'a\ufffdb', name: 'x\ufffdy\ufffd', orgName: '\ufffd' });
		await runs.save(run('r', { counts: { 'a\0': 1 }, nodeName: '\0' }));
		expect((await runs.list({ limit: 1 })).items[0]).toMatchObject({ counts: { 'a\0': 1 }, nodeName: '\ufffd' });
	});

	contract('takes texts of a megabyte, and refuses ids too long for an index in words', async (world) => {
		const { connections, leases, refusals, runs } = await world.open();
		// Random, because an index of PostgreSQL compresses what repeats.
		const long = randomBytes(500_000).toString('hex');
		const value = connection('c1', { name: long, description: long });
		await connections.commit({ connections: [{ value, basedOn: 0 }] });
		expect((await connections.list({ limit: 1 })).items).toEqual([value]);
		const longest = '\ud83d\ude00'.repeat(127);
		expect(await connections.commit({ connections: [{ value: connection(longest, { orgId: longest }), basedOn: 0 }] })).toBe(true);
		await runs.save(run(longest, { connectionId: longest, credentialId: longest }));
		const attempts = [
			connections.commit({ connections: [{ value: connection(long), basedOn: 0 }] }),
			connections.commit({ signIns: [{ value: signIn(long, 'c1'), basedOn: 0 }] }),
			runs.save(run(long)),
			leases.acquire(long, 'a', 1000),
			refusals.remember({ fingerprint: long, refusedAt: '2026-01-01T00:00:00Z', code: '', words: '' }),
		];
		for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(refused);
		expect(await connections.find(long)).toBeUndefined();
	});

	contract('refuses in words a page that is none, a time that is none, and a continuation that is none', async (world) => {
		const { connections, runs } = await world.open();
		await connections.commit({ connections: ['c1', 'c2'].map((id) => ({ value: connection(id), basedOn: 0 })) });
		const { next } = await connections.list({ limit: 1 });
		for (const limit of [0, -1, 1.5, 1001, Number.NaN]) await expect(connections.list({ limit })).rejects.toMatchObject(refused);
		const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
		for (const after of [
			'',
			'x',
			'%',
			next!.slice(3),
			forged(null),
			forged(['connections', 1, 'a']),
			forged({}),
			forged(['runs', 'a', 'b']),
		]) {
			await expect(connections.list({ limit: 1, after })).rejects.toMatchObject(refused);
		}
		await expect(runs.list({ limit: 1, after: next })).rejects.toThrow('cannot be continued');
		await expect(runs.list({ limit: 1, startedFrom: 'yesterday' })).rejects.toThrow('"yesterday" is no time');
		await expect(runs.save(run('r', { startedAt: '' }))).rejects.toMatchObject(refused);
		await expect(runs.forgetBefore('')).rejects.toMatchObject(refused);
		const hostile = forged(['connections', `' or 1=1 --`, '\0']);
		expect((await connections.list({ limit: 10, after: hostile })).items).toHaveLength(2);
	});
}
