/** Files to be broken, and the tests that must notice. */
export interface Target {
	/** Paths from the root of the repository. */
	readonly files: readonly string[];
	/** Regular expressions of test files: the quick ones, and those to ask where the quick ones notice nothing. */
	readonly quick: string;
	readonly thorough: string;
}

/** Everything in src/sync that decides. A new table needs one line here. */
export const TARGETS: readonly Target[] = [
	{
		files: ['changeTable', 'wayTable', 'mergeField', 'fieldFacts', 'nextBase', 'recency', 'explain'].map((name) => `src/sync/merge/${name}.ts`),
		quick: 'test/sync/(scenarios/field|merge/)',
		thorough: 'test/sync/laws/mergeLaws',
	},
	{
		files: ['mergeRecord', 'lookAtField', 'storedBases', 'confirmDelivered', 'fieldNote'].map((name) => `src/sync/merge/${name}.ts`),
		quick: 'test/sync/(scenarios/field|merge/)',
		thorough: 'test/sync/laws/recordLaws',
	},
	{
		files: ['packedBase', 'openBase', 'fingerprint'].map((name) => `src/sync/base/${name}.ts`),
		quick: 'test/sync/(base/|scenarios/fieldBases)',
		thorough: 'test/sync/(scenarios/field|laws/recordLaws)',
	},
	{
		files: ['checkMapping', 'checkRow', 'circles', 'mappingProblem', 'compileMapping', 'compileRule', 'carry', 'ruleVersion'].map((name) => `src/sync/mapping/${name}.ts`),
		quick: 'test/sync/(mapping/|merge/|scenarios/field)',
		thorough: 'test/sync/laws/recordLaws',
	},
];
