import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Listr, PRESET_TIMER } from 'listr2';
import type { Org, Standin } from '../test/standin';
import { startStandin } from '../test/standin';
import type { StoredCredential } from '../test/n8n/credentials';
import { DEFAULT_OWNER } from '../test/n8n/session';
import { startN8n, type N8n } from '../test/n8n/startN8n';
import type { StoredWorkflow } from '../test/n8n/workflows';
import { connectCredential, publishWorkflow, submitForms } from './mainJob';
import { demoPorts, type DemoPorts } from './ports';
import { reportTable, type Answer } from './report';
import { openDemoOrg } from './salesforceOrg';

const ROOT = resolve(__dirname, '..');
const USER_FOLDER = join(ROOT, '.cache', 'demo');
const HELP = `npm run demo [-- --exit] [-- --port <n8n port>]

Starts a stand-in Salesforce and a real n8n with this package, sends form submissions through CRM Lead Sync and shows what became of
them. n8n then stays open; --exit ends instead.`;

interface World {
	ports: DemoPorts;
	standin: Standin;
	org: Org;
	n8n: N8n;
	credential: StoredCredential;
	workflow: StoredWorkflow;
	answers: Answer[];
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { exit: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } });
	if (values.help) return console.log(HELP);
	if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new Error(`--port takes a number such as 5680, not "${values.port}".`);
	const world: Partial<World> = {};
	try {
		await steps(values.port).run(world as World);
		console.log(`\n${reportTable(world.answers!)}\n`);
		if (values.exit) return;
		await stayOpen(world as World);
	} finally {
		await world.n8n?.stop();
		await world.standin?.close();
	}
}

function steps(port?: string): Listr<World> {
	return new Listr<World>(
		[
			{ title: 'Build the package', task: async () => await build() },
			{ title: 'Get n8n ready (minutes the first time, then seconds)', task: async () => await (await import('../setup/need.mjs')).needN8n() },
			{
				title: 'Start the stand-in Salesforce org',
				task: async (world) => {
					world.ports = await demoPorts(port === undefined ? undefined : Number(port));
					world.standin = await startStandin({ port: world.ports.login });
					world.org = await openDemoOrg(world.standin, world.ports.org);
				},
			},
			{
				title: 'Install the package into n8n and start it',
				task: async (world) => (world.n8n = await startN8n({ packages: [ROOT], userFolder: USER_FOLDER, port: world.ports.n8n })),
			},
			{ title: 'Sign in to Salesforce through n8n', task: async (world) => (world.credential = await connectCredential(world.n8n, world.standin, world.org)) },
			{ title: 'Import and publish the workflow', task: async (world) => (world.workflow = await publishWorkflow(world.n8n, world.credential)) },
			{
				title: 'Fill in the form',
				task: async (world, task) => (world.answers = await submitForms(world.n8n, world.workflow, world.org, (line) => (task.output = line))),
			},
		],
		{ rendererOptions: { timer: PRESET_TIMER }, fallbackRendererOptions: { timer: PRESET_TIMER } },
	);
}

async function build(): Promise<void> {
	const child = spawn(process.execPath, [join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' });
	const code = await new Promise((done) => child.once('exit', done));
	if (code !== 0) throw new Error('The package could not be built; the compiler says why above.');
}

async function stayOpen({ n8n, workflow, org }: World): Promise<void> {
	console.log(`n8n           ${n8n.baseUrl}/workflow/${workflow.id}
sign in as    ${DEFAULT_OWNER.email}
password      ${DEFAULT_OWNER.password}
the form      ${n8n.baseUrl}/form/${workflow.nodes.find(({ webhookId }) => webhookId)?.webhookId}
Salesforce    ${org.instanceUrl}  (a stand-in on this machine; its records are gone when it stops)

Press Ctrl+C to stop.`);
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
