import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from './paths.mjs';
import { say } from './say.mjs';

const POLL_MS = 500;

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** The process that holds the lock, or undefined when nobody does; a lock of a process that is gone is removed. */
function holder(file) {
	let pid;
	try {
		pid = Number(fs.readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
	if (pid && isAlive(pid)) return pid;
	// A lock is written at once with its creation; an empty one older than a moment is a crash's.
	if (pid || Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 5000) fs.rmSync(file, { force: true });
	return undefined;
}

function take(file) {
	try {
		fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

/** Runs `work` while no other process of this checkout runs work of the same name. */
export async function exclusively(name, work) {
	fs.mkdirSync(cacheDir, { recursive: true });
	const file = path.join(cacheDir, `setup-${name}.lock`);
	let told = false;
	while (!take(file)) {
		const pid = holder(file);
		if (pid && !told) say(`waiting for process ${pid}, which is setting up ${name}`);
		told ||= Boolean(pid);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	try {
		return await work();
	} finally {
		fs.rmSync(file, { force: true });
	}
}
