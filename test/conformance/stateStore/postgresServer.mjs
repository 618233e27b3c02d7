// Runs a PostgreSQL of its own, empty, on a free port of this machine until its standard input ends; says on which port as soon as it
// takes connections. Usage: node postgresServer.mjs <password of the user postgres>
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { needPostgres, postgresProgram, postgresUser } from '../../../setup/need.mjs';

const folder = await needPostgres();
const user = postgresUser();
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'crm-sync-postgres-data-'));
const data = path.join(place, 'data');

function giveAway(file) {
	if (user.uid !== undefined) fs.chownSync(file, user.uid, user.gid);
}

function initialize(password) {
	const passwordFile = path.join(place, 'password');
	fs.writeFileSync(passwordFile, password, { mode: 0o600 });
	[place, passwordFile].forEach(giveAway);
	const options = [
		`--pgdata=${data}`,
		'--username=postgres',
		`--pwfile=${passwordFile}`,
		'--auth=scram-sha-256',
		'--encoding=UTF8',
		'--no-sync',
	];
	const { status, stderr } = spawnSync(postgresProgram(folder, 'initdb'), options, { ...user, cwd: place, encoding: 'utf8' });
	if (status !== 0) throw new Error(`initdb: ${stderr}`);
}

async function freePort() {
	const server = net.createServer();
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function start(port) {
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60', `port=${port}`];
	const server = spawn(postgresProgram(folder, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
		...user,
		cwd: place,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	await new Promise((resolve, reject) => {
		let log = '';
		server.stderr.on('data', (chunk) => {
			log = (log + chunk).slice(-10_000);
			if (log.includes('ready to accept connections')) resolve();
		});
		server.once('exit', () => reject(new Error(`postgres: ${log}`)));
	});
	return server;
}

function remove() {
	fs.rmSync(place, { recursive: true, force: true });
}

try {
	initialize(process.argv[2]);
	const port = await freePort();
	const server = await start(port);
	server.once('exit', () => {
		remove();
		process.exit();
	});
	process.stdin.resume().once('end', () => server.kill('SIGINT'));
	process.stdout.write(`${port}\n`);
} catch (error) {
	remove();
	throw error;
}
