import { answers, execute, tail } from './command.mjs';
import { exclusively } from './lock.mjs';
import { SetupError, step } from './say.mjs';

async function canInstall() {
	return process.platform === 'linux' && process.getuid?.() === 0 && (await answers('apt-get'));
}

async function apt(...args) {
	return await execute('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** Installs Debian packages when we may; otherwise says which command does it. `purpose` completes "needed for …". */
export async function aptInstall(packages, purpose) {
	const command = `apt-get install --yes ${packages.join(' ')}`;
	if (!(await canInstall())) {
		throw new SetupError(
			`Missing on this machine: ${packages.join(', ')}`,
			`needed for ${purpose}`,
			`on Debian or Ubuntu: sudo ${command}; elsewhere the packages of the same purpose`,
		);
	}
	await exclusively('apt', async () => {
		await step(`install ${packages.join(', ')} (for ${purpose})`, '30 s', async () => {
			await apt('update');
			const { code, output } = await apt('install', '--yes', '--no-install-recommends', ...packages);
			if (code !== 0)
				throw new SetupError(
					`Could not install ${packages.join(', ')}`,
					`apt-get says\n${tail(output)}`,
					`get this command to work, then start again: ${command}`,
				);
		});
	});
}
