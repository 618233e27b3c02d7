// Runs n8n's check for community packages on a folder, without network, and prints what it complains of:
//   node scan.mjs <folder> <file pattern>…
import { analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, ...patterns] = process.argv.slice(2);
const { passed, message, details = '' } = await analyzePackage(folder, patterns);
if (message && !details) throw new Error(message);

/** Each complaint once: the rule, and the thing in quotes where it is an import or a global. */
const complaints = [...details.matchAll(/^ +\d+:\d+ +(?:error|warning) +(.*\S) +(\S+)$/gm)].map(([, text, rule]) => {
	const [, thing] = /^(?:Require|Use|Import) of .*?'([^']+)'/.exec(text) ?? [];
	return thing ? `${rule} ${thing}` : rule;
});
process.stdout.write(JSON.stringify({ passed, complaints: [...new Set(complaints)].sort(), details }));
