import { globSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

/** Files to be broken, and the tests that must notice. */
export interface Target {
	/** Paths from the root of the repository. */
	readonly files: readonly string[];
	/** Regular expressions of test files: the quick ones, and those to ask where the quick ones notice nothing. */
	readonly quick: string;
	readonly thorough: string;
	/** So many draws a law, if not as many as usual. */
	readonly draws?: number;
}

const files = (folder: string, ...names: readonly string[]) => names.map((name) => `src/sync/${folder}${name}.ts`);
const everyFileOf = (...folders: readonly string[]) => folders.flatMap((folder) => globSync(`src/sync/${folder}/*.ts`, { cwd: root }).sort()).map((file) => file.replaceAll('\\', '/'));

/** Of the half that goes over records: stories first, then everything that is drawn at random. */
const RUN = {
	quick: 'test/sync/(scenarios/sync|laws/twoWayFound|(plan|match|guards|holds|deliveries|journal|cursor|run)/)',
	thorough: 'test/sync/(laws/twoWay(Convergence|Identity|Runs)|twoWay/)',
	draws: 40,
};

/** Everything in src/sync that decides. What a folder of the run's half gets is found by itself; a new table elsewhere needs one line here. */
export const TARGETS: readonly Target[] = [
	{
		files: files('merge/', 'changeTable', 'wayTable', 'mergeField', 'fieldFacts', 'nextBase', 'recency', 'explain'),
		quick: 'test/sync/(scenarios/field|merge/)',
		thorough: 'test/sync/laws/mergeLaws',
	},
	{
		files: files('merge/', 'mergeRecord', 'lookAtField', 'storedBases', 'confirmDelivered', 'fieldNote'),
		quick: 'test/sync/(scenarios/field|merge/)',
		thorough: 'test/sync/laws/recordLaws',
	},
	{
		files: files('base/', 'packedBase', 'openBase', 'fingerprint'),
		quick: 'test/sync/(base/|scenarios/fieldBases)',
		thorough: 'test/sync/(scenarios/field|laws/recordLaws)',
	},
	{
		files: files('mapping/', 'checkMapping', 'checkRow', 'circles', 'mappingProblem', 'compileMapping', 'compileRule', 'carry', 'ruleVersion'),
		quick: 'test/sync/(mapping/|merge/|scenarios/field)',
		thorough: 'test/sync/laws/recordLaws',
	},
	{ files: everyFileOf('plan'), ...RUN },
	{ files: everyFileOf('match'), ...RUN },
	{ files: everyFileOf('guards', 'holds'), ...RUN },
	{ files: everyFileOf('deliveries'), ...RUN },
	{ files: everyFileOf('journal'), ...RUN },
	{ files: everyFileOf('cursor', 'run'), ...RUN },
	{
		files: [...files('', 'matchKey'), ...everyFileOf('values')],
		quick: 'test/sync/(values/|matchKey|scenarios/values)',
		thorough: 'test/sync/(laws/valueLaws|scenarios/field|push/)',
	},
];
