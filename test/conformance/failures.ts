import type { Contract } from './describeCrmAdapter';
import { byEmail, found } from './reading';
import { create, opened, plainOptions } from './writing';

/** What an adapter promises when the CRM, the network or a person does not. */
export function describeFailures(contract: Contract): void {
	describeSignIn(contract);
	describeLimits(contract);
	describeOutages(contract);
	describeStopping(contract);
}

function describeSignIn(contract: Contract): void {
	contract('goes on when the session ends', async (world) => {
		const adapter = world.open();
		await adapter.listEntities();
		world.faults.expireSignIn();
		await adapter.listEntities();
		world.faults.expireSignIn();
		expect((await adapter.write({ mutations: [create(world, 'A')], options: plainOptions }))[0].status).toBe('applied');
		world.faults.expireSignIn();
		await adapter.identify();
	});

	contract('reports a refused sign-in once, and refuses writes', async (world) => {
		world.faults.refuseSignIn();
		await expect(world.open().identify()).rejects.toMatchObject({ name: 'CrmError', kind: 'auth' });
		await expect(found(world.open(), byEmail(world, ['a@example.com']))).rejects.toMatchObject({ kind: 'auth' });
		const outcomes = await world.open().write({ mutations: Array.from({ length: 1500 }, () => create(world, 'A')), options: plainOptions });
		expect(new Set(outcomes.map((outcome) => outcome.status === 'refused' && outcome.error.kind))).toEqual(new Set(['auth']));
	});
}

function describeLimits(contract: Contract): void {
	contract('does not knock on a limit of the day', async (world) => {
		world.faults.reachDailyLimit();
		await expect(world.open().describe(world.person.entity)).rejects.toMatchObject({ kind: 'throttled', transient: false });
		const adapter = world.open();
		const outcomes = await adapter.write({ mutations: Array.from({ length: 1500 }, () => create(world, 'A')), options: plainOptions });
		expect(new Set(outcomes.map((outcome) => outcome.status === 'refused' && outcome.error.kind))).toEqual(new Set(['throttled']));
		expect(adapter.usage().callsMade).toBe(1);
		expect(world.people()).toEqual([]);
	});

	contract('waits while too much is going on at once', async (world) => {
		world.faults.overloadOnce();
		expect((await world.open().describe(world.person.entity)).name).toBe(world.person.entity);
		const adapter = await opened(world);
		world.faults.overloadOnce();
		expect((await adapter.write({ mutations: [create(world, 'A')], options: plainOptions }))[0].status).toBe('applied');
		expect(world.people()).toHaveLength(1);
	});
}

function describeOutages(contract: Contract): void {
	contract('reads through a short outage', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray', [world.person.emailField]: 'ray@example.com' });
		for (const fault of ['breakOnce', 'cutBeforeCommitOnce', 'cutAfterCommitOnce'] as const) {
			world.faults[fault]();
			expect((await found(world.open(), byEmail(world, ['ray@example.com']))).map((record) => record.id)).toEqual([id]);
		}
	});

	contract('reports a long outage', async (world) => {
		const adapter = await opened(world);
		world.faults.break();
		await expect(world.open().listEntities()).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
		const outcomes = await adapter.write({ mutations: [create(world, 'A')], options: plainOptions });
		expect(outcomes).toMatchObject([{ status: 'unknown', settled: true, error: { kind: 'unavailable' } }]);
		world.faults.clear();
		expect(world.people()).toEqual([]);
	});

	contract('does not know what became of a write whose reply was lost, and never repeats it', async (world) => {
		for (const [fault, done] of [['cutBeforeCommitOnce', 0], ['cutAfterCommitOnce', 1]] as const) {
			const adapter = await opened(world);
			world.faults[fault]();
			const outcomes = await adapter.write({ mutations: [create(world, fault)], options: plainOptions });
			expect(outcomes).toMatchObject([{ status: 'unknown', settled: false, error: { kind: 'unavailable', replyLost: true } }]);
			expect(world.people().filter((one) => one[world.person.nameField] === fault)).toHaveLength(done);
		}
	});

	for (const form of ['page', 'json'] as const) {
		contract(`does not take the ${form === 'page' ? 'page' : 'JSON'} of a gateway for the answer of the CRM`, async (world) => {
			for (const status of [408, 500, 502, 503, 504, 520]) {
				const adapter = await opened(world);
				world.faults.hideBehindGatewayOnce(status, form);
				const outcomes = await adapter.write({ mutations: [create(world, `${status}`)], options: plainOptions });
				expect(outcomes).toMatchObject([{ status: 'unknown', settled: false, error: { kind: 'unavailable', replyLost: true } }]);
				expect(world.people().filter((one) => one[world.person.nameField] === `${status}`)).toHaveLength(1);
			}
		});
	}

	contract('refuses everything when nobody answers at the address', async (world) => {
		const adapter = world.open();
		await world.close();
		await expect(adapter.identify()).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
		expect(await adapter.write({ mutations: [create(world, 'A')], options: plainOptions })).toMatchObject([{ status: 'refused', error: { kind: 'unavailable' } }]);
	});
}

function describeStopping(contract: Contract): void {
	contract('does nothing once the run was stopped', async (world) => {
		const adapter = world.open(AbortSignal.abort());
		await expect(adapter.identify()).rejects.toMatchObject({ name: 'CrmError', kind: 'cancelled' });
		await expect(found(adapter, byEmail(world, ['a@example.com']))).rejects.toMatchObject({ kind: 'cancelled' });
		expect(await adapter.write({ mutations: [create(world, 'A')], options: plainOptions })).toMatchObject([{ status: 'refused', error: { kind: 'cancelled' } }]);
		expect(world.callsCounted()).toBe(0);
	});
}
