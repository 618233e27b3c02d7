import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Listr, PRESET_TIMER } from 'listr2';
import type { StoredCredential } from '../test/n8n/credentials';
import { LOOPBACK } from '../test/n8n/ports';
import { DEFAULT_OWNER } from '../test/n8n/session';
import { startN8n, type N8n } from '../test/n8n/startN8n';
import type { StoredWorkflow } from '../test/n8n/workflows';
import type { DemoCrm } from './DemoCrm';
import { openDynamicsEnvironment } from './dynamicsEnvironment';
import { connectCredential, publishWorkflow, submitForms } from './mainJob';
import { demoPorts, type DemoPorts } from './ports';
import { reportTable, type Answer } from './report';
import { openSalesforceOrg } from './salesforceOrg';

const ROOT = resolve(__dirname, '..');
const USER_FOLDER = join(ROOT, '.cache', 'demo');
const HELP = `npm run demo [-- --exit] [-- --port <n8n port>]

Starts a stand-in Salesforce, a stand-in Dynamics 365 and a real n8n with this package, sends form submissions through CRM Lead Sync into
both CRMs and shows what became of them in each. n8n then stays open; --exit ends instead.`;

interface World {
	ports: DemoPorts;
	crms: DemoCrm[];
	n8n: N8n;
	credentials: StoredCredential[];
	workflow: StoredWorkflow;
	answers: Answer[];
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { exit: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } });
	if (values.help) return console.log(HELP);
	if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new Error(`--port takes a number such as 5680, not "${values.port}".`);
	const world: Partial<World> & Pick<World, 'crms' | 'credentials'> = { crms: [], credentials: [] };
	try {
		await steps(values.port).run(world as World);
		console.log(`\n${reportTable(world.answers!)}\n`);
		if (values.exit) return;
		await stayOpen(world as World);
	} finally {
		await world.n8n?.stop();
		for (const crm of world.crms) await crm.close();
	}
}

function steps(port?: string): Listr<World> {
	return new Listr<World>(
		[
			{ title: 'Build the package', task: async () => await build() },
			{ title: 'Get n8n ready (minutes the first time, then seconds)', task: async () => await (await import('../setup/need.mjs')).needN8n() },
			{ title: 'Start a stand-in Salesforce org and a stand-in Dynamics 365 environment', task: async (world) => await openCrms(world, port) },
			{
				title: 'Install the package into n8n and start it',
				task: async (world) => (world.n8n = await startN8n({ packages: [ROOT], userFolder: USER_FOLDER, port: world.ports.n8n })),
			},
			{
				title: 'Sign in to both through n8n',
				task: async ({ crms, credentials, n8n }) => {
					for (const crm of crms) credentials.push(await connectCredential(n8n, crm));
				},
			},
			{ title: 'Import and publish the workflow', task: async (world) => (world.workflow = await publishWorkflow(world.n8n, world.credentials)) },
			{
				title: 'Fill in the form',
				task: async (world, task) => (world.answers = await submitForms(world.n8n, world.workflow, world.crms, (line) => (task.output = line))),
			},
		],
		{ rendererOptions: { timer: PRESET_TIMER }, fallbackRendererOptions: { timer: PRESET_TIMER } },
	);
}

async function openCrms(world: World, port?: string): Promise<void> {
	world.ports = await demoPorts(port === undefined ? undefined : Number(port));
	world.crms.push(await openSalesforceOrg(world.ports));
	world.crms.push(await openDynamicsEnvironment(world.ports, `http://${LOOPBACK}:${world.ports.n8n}`));
}

async function build(): Promise<void> {
	const child = spawn(process.execPath, [join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' });
	const code = await new Promise((done) => child.once('exit', done));
	if (code !== 0) throw new Error('The package could not be built; the compiler says why above.');
}

async function stayOpen({ n8n, workflow, crms }: World): Promise<void> {
	console.log(`n8n           ${n8n.baseUrl}/workflow/${workflow.id}
sign in as    ${DEFAULT_OWNER.email}
password      ${DEFAULT_OWNER.password}
the form      ${n8n.baseUrl}/form/${workflow.nodes.find(({ webhookId }) => webhookId)?.webhookId}
${crms.map(({ name, url }) => `${name.padEnd(14)}${url}`).join('\n')}

The CRMs are stand-ins on this machine; their records are gone when they stop. Press Ctrl+C to stop.`);
	await new Promise((done) => {
		process.once('SIGINT', done);
		process.once('SIGTERM', done);
	});
	console.log('\nStopping …');
}

main().catch((error: unknown) => {
	console.error(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
