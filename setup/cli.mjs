import fs from 'node:fs';
import path from 'node:path';
import { installPackages } from './npm.mjs';
import { setupDir } from './paths.mjs';

const folder = path.join(setupDir, 'salesforce-cli');

/** Sees to it that Salesforce's own command line tool is in setup/salesforce-cli; returns that folder. */
export async function needCli() {
	if (fs.existsSync(path.join(folder, 'package.json'))) {
		await installPackages({
			folder,
			name: 'salesforce-cli',
			title: 'install the Salesforce CLI into setup/salesforce-cli',
			usually: '1 minute',
		});
	}
	return folder;
}
