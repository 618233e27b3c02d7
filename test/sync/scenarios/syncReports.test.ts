import { linkedPairs, next } from '../twoWay/pairs';
import { keyOf, withRule, type RunOptions, type World } from '../twoWay/World';

/** Values of the record that results which were handed over say were overruled, or left different. */
function overruled({ results }: World): readonly unknown[] {
	const reported = results.flatMap(({ notes }) => notes.filter(({ decision }) => decision.reported));
	return reported.flatMap(({ appValue, crmValue }) => [appValue, crmValue]);
}

const sealed = ({ memory }: World) => [...memory.contents.reports.values()];

/** A linked pair in which both sides have changed the phone, or only one has changed what does not go over. */
async function edited(who: string): Promise<World> {
	const world = await linkedPairs('ada');
	if (who === 'app') world.mapping = withRule('phone', { conflict: 'preferApp' });
	if (who === 'neither') world.crm.edit('L-1', { Company: 'Other' });
	else world.crm.edit('L-1', { Phone: '3' });
	world.app.edit('A-1', who === 'neither' ? { email: 'new@x.com' } : { phone: '2', email: 'new@x.com' });
	return world;
}

/** Runs that die at this step, until one has come to its end; what the world is then. */
async function dyingAt(crashAt: number, world: World, options: RunOptions = {}): Promise<boolean> {
	world.tick(30 * 60_000);
	const { crashed } = await world.run({ ...options, crashAt });
	return crashed;
}

test.each([
	['app', ['2', '3']],
	['crm', ['2', '3']],
	['neither', ['Other']],
])('J64 killed at any step while a value is overruled, %s counts: what it was is told', async (who, values) => {
	let crashes = 0;
	for (let crashAt = 1; ; crashAt++) {
		const world = await edited(who);
		if (!(await dyingAt(crashAt, world))) break;
		crashes += 1;
		await next(world);
		await next(world);
		expect([crashAt, overruled(world), sealed(world)]).toEqual([crashAt, expect.arrayContaining([...values]), []]);
	}
	expect(crashes).toBeGreaterThan(6);
});

/** The CRM's value was overwritten, and nobody was told. */
async function untold(): Promise<World> {
	const world = await edited('app');
	await world.run({ crashAt: 'after write 1' });
	expect([world.crm.alive[0].values.Phone, overruled(world), sealed(world).length]).toEqual(['2', [], 1]);
	return world;
}

test('J65 what a run that was cut off overruled is a result of its own, first and once; until then nobody can read it', async () => {
	const world = await untold();
	const [{ at, sealed: bytes }] = sealed(world);
	expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/phone|"3"|A-1/i);
	const { results } = await world.run();
	expect(results[0]).toMatchObject({
		...{ items: [], appId: 'A-1', crmId: 'L-1', steps: [{ do: 'report', at, words: expect.stringContaining('cut off') }] },
		notes: [{ appField: 'phone', appValue: '2', crmValue: '3', decision: { reason: 'conflict', winner: 'app' } }],
	});
	expect([sealed(world), await next(world)]).toEqual([[], []]);
});

test('J66 a preview tells it, and the next run tells it again', async () => {
	const world = await untold();
	expect(await next(world, { dryRun: true })).toContain('report A-1');
	expect([await next(world), sealed(world)]).toEqual([['report A-1'], []]);
});

test('J70 a run that is stopped has told it, and what it overruled itself: the next one does not tell it again', async () => {
	const world = await untold();
	world.crm.callsLeft = 0;
	expect([(await next(world))[0], sealed(world)]).toEqual(['report A-1', []]);
	world.crm.edit('L-1', { Phone: '5' });
	world.app.edit('A-1', { phone: '4' });
	for (const email of ['bob@x.com', 'eve@x.com']) world.app.add({ email });
	world.crm.callsLeft = 6;
	const { results, summary } = await world.run({ pageSize: 1 });
	expect([summary?.stopped?.code, world.crm.alive[0].values.Phone, overruled({ results } as World), sealed(world)]).toEqual(['LIMIT', '4', ['4', '5'], []]);
	world.crm.callsLeft = Infinity;
	expect((await next(world)).filter((line) => line.startsWith('report'))).toEqual([]);
});

test('J67 the key was replaced meanwhile: told as long as the former one is at hand, else that it cannot be shown', async () => {
	const world = await untold();
	world.keyring = { current: keyOf(2), former: [keyOf(1)] };
	expect((await world.run({ dryRun: true })).results[0].notes).toMatchObject([{ crmValue: '3' }]);
	world.keyring = { current: keyOf(2), former: [] };
	expect((await world.run({ dryRun: true })).results[0]).toMatchObject({ appId: 'A-1', crmId: 'L-1', steps: [{ do: 'report', words: expect.stringContaining('no longer known') }], notes: [] });
});

test('J69 a run in doubt tells it once too', async () => {
	const world = await untold();
	world.runsKnown += 1;
	expect([(await next(world)).filter((line) => line.startsWith('report')), sealed(world)]).toEqual([['report A-1'], []]);
	expect(await next(world)).not.toContain('report A-1');
});

test('J68 nothing is overruled: nothing is stored of a value', async () => {
	const world = await linkedPairs('ada');
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { LastName: 'Eve' });
	await world.run({ crashAt: 'after write 1' });
	expect(sealed(world)).toEqual([]);
});
