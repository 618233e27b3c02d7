const HEARTBEAT_MS = 15_000;

/** A failure of the set-up that a person can act on: what, why, and what to do. */
export class SetupError extends Error {
	constructor(what, why, remedy) {
		super([`${what}.`, why && `Why: ${why}`, remedy && `What to do: ${remedy}`].filter(Boolean).join('\n  '));
		this.name = 'SetupError';
	}
}

/** Prints one line about the set-up; on stderr, so that the output of the program that follows stays clean. */
export function say(line) {
	process.stderr.write(`[setup] ${line}\n`);
}

/** Runs `work`, announcing it and how long it usually takes, with a sign of life every 15 seconds. */
export async function step(title, usually, work) {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	say(`${title} (usually ${usually})`);
	const heartbeat = setInterval(() => say(`… still at it: ${title}, ${seconds()} s so far`), HEARTBEAT_MS);
	try {
		const result = await work();
		say(`done in ${seconds()} s: ${title}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
