import { globSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

/** Files to be broken, and the tests that must notice. */
export interface Target {
	/** Paths from the root of the repository. */
	readonly files: readonly string[];
	/** Regular expressions of test files: the quick ones, in this order, and those to ask where the quick ones notice nothing. */
	readonly quick: readonly string[];
	readonly thorough: string;
	/** So many draws a law, if not as many as usual. */
	readonly draws?: number;
}

const files = (folder: string, ...names: readonly string[]) => names.map((name) => `src/sync/${folder}${name}.ts`);
const everyFileOf = (...folders: readonly string[]) => folders.flatMap((folder) => globSync(`src/sync/${folder}/*.ts`, { cwd: root }).sort()).map((file) => file.replaceAll('\\', '/'));

const HEAVY = 'scenarios/sync(Absent|Guards|Parts)|run/foldItems';

/** Folders that go over records: their own stories first, then those of the rules, of all folders, the heavy ones, and what is drawn at random. */
function ofRecords(...folders: readonly string[]): Target {
	const light = `test/sync/(?!${HEAVY})`;
	return {
		files: everyFileOf(...folders),
		quick: [`${light}(${folders.join('|')})/`, `${light}(scenarios/sync|laws/twoWayFound)`, `${light}(plan|match|guards|holds|deliveries|journal|run)/`, `test/sync/(${HEAVY})`],
		thorough: 'test/sync/(laws/twoWay(Convergence|Identity|Runs)|twoWay/pages)',
		draws: 10,
	};
}

/** Everything in src/sync that decides. What a folder of the run's half gets is found by itself; a new table elsewhere needs one line here. */
export const TARGETS: readonly Target[] = [
	{
		files: files('merge/', 'changeTable', 'wayTable', 'mergeField', 'fieldFacts', 'nextBase', 'recency', 'explain'),
		quick: ['test/sync/(scenarios/field|merge/)'],
		thorough: 'test/sync/laws/mergeLaws',
	},
	{
		files: files('merge/', 'mergeRecord', 'lookAtField', 'storedBases', 'confirmDelivered', 'fieldNote'),
		quick: ['test/sync/(scenarios/field|merge/)'],
		thorough: 'test/sync/(laws/recordLaws|scenarios/syncCrashes)',
	},
	{
		files: files('base/', 'packedBase', 'openBase', 'fingerprint'),
		quick: ['test/sync/(base/|scenarios/fieldBases)'],
		thorough: 'test/sync/(scenarios/field|laws/recordLaws)',
	},
	{
		files: files('mapping/', 'checkMapping', 'checkRow', 'circles', 'mappingProblem', 'compileMapping', 'compileRule', 'carry', 'ruleVersion'),
		quick: ['test/sync/(mapping/|merge/|scenarios/field)'],
		thorough: 'test/sync/laws/recordLaws',
	},
	ofRecords('plan'),
	ofRecords('match'),
	ofRecords('guards', 'holds'),
	ofRecords('deliveries', 'reports'),
	ofRecords('journal'),
	ofRecords('run', 'cursor'),
	{
		files: [...files('', 'matchKey'), ...everyFileOf('values')],
		quick: ['test/sync/(values/|matchKey|scenarios/values)'],
		thorough: 'test/sync/(laws/valueLaws|merge/recency|scenarios/field|push/(?!scale))',
	},
];
