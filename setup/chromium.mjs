import fs from 'node:fs';
import { aptInstall } from './apt.mjs';
import { answers } from './command.mjs';
import { SetupError } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = {
	linux: [],
	darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
	win32: [
		`${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
		`${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
	],
};

function onPath(name) {
	const folders = process.platform === 'win32' ? [] : (process.env.PATH ?? '').split(':');
	return folders.map((folder) => `${folder}/${name}`).find((file) => fs.existsSync(file));
}

async function find() {
	const candidates = [...NAMES.map(onPath), ...(PLACES[process.platform] ?? [])].filter((file) => file && fs.existsSync(file));
	for (const candidate of candidates) {
		// Ubuntu's /usr/bin/chromium-browser may be a note that a snap has to be installed.
		if (process.platform !== 'linux' || (await answers(candidate))) return candidate;
	}
	return undefined;
}

/** The path of a Chromium or Chrome: the one CRM_SYNC_CHROMIUM names, one found on this machine, or Debian's, installed now. */
export async function needChromium() {
	const named = process.env.CRM_SYNC_CHROMIUM;
	if (named && fs.existsSync(named)) return named;
	if (named) throw new SetupError(`CRM_SYNC_CHROMIUM names a file that is not there: ${named}`, undefined, 'correct it, or unset it');
	const found = await find();
	if (found) return found;
	if (process.platform !== 'linux')
		throw new SetupError(
			'No Chromium or Chrome found',
			'needed for the browser tests and the screenshots',
			'install one, or name it in CRM_SYNC_CHROMIUM',
		);
	await aptInstall(['chromium', 'fonts-liberation'], 'the browser tests');
	const installed = await find();
	if (!installed) throw new SetupError('Chromium was installed and yet is not found', undefined, 'name it in CRM_SYNC_CHROMIUM');
	return installed;
}
