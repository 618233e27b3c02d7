'use strict';
// Loads an installed package with n8n's own loader and prints what it found: node loadInstalled.cjs <folder>
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');

/** n8n serves icons as icons/<package>/<path in the package>. */
const iconsOf = ({ iconUrl = {} }, { packageName }) =>
	(typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl)).map((url) => url.replace(`icons/${packageName}/`, ''));

async function main(folder) {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodes = Object.entries(loader.nodeTypes).map(([name, { type }]) => {
		const description = type.nodeVersions ? type.nodeVersions[type.currentVersion].description : type.description;
		return { name, icons: iconsOf(description, loader), credentials: (description.credentials ?? []).map((credential) => credential.name) };
	});
	const credentials = Object.entries(loader.credentialTypes).map(([name, { type }]) => ({
		name,
		icons: iconsOf(type, loader),
		supportedNodes: type.supportedNodes ?? [],
	}));
	process.stdout.write(JSON.stringify({ packageName: loader.packageName, nodes, credentials }));
}

void main(process.argv[2]);
