/** Files to be broken, and the tests that must notice. */
export interface Target {
	/** Paths from the root of the repository. */
	readonly files: readonly string[];
	/** Regular expressions of test files: the quick ones, and those to ask where the quick ones notice nothing. */
	readonly quick: string;
	readonly thorough: string;
}

const files = (folder: string, ...names: readonly string[]) => names.map((name) => `src/sync/${folder}${name}.ts`);

/** Of the half that goes over records: stories first, then everything that is drawn at random. */
const RUN = {
	quick: 'test/sync/(scenarios/sync|laws/twoWayFound|(plan|match|guards|holds|deliveries|journal|cursor|run)/)',
	thorough: 'test/sync/(laws/twoWay(Convergence|Identity|Runs)|twoWay/)',
};

/** Everything in src/sync that decides. A new table needs one line here. */
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
	{ files: files('plan/', 'recordTable', 'planPair', 'planMerge', 'recordPlan', 'shownWith', 'words'), ...RUN },
	{
		files: files('match/', 'candidates', 'deletedUnlinked', 'findPartners', 'followMerged', 'keyHash', 'matchItems', 'matchRecords', 'previewNotes', 'readRecords'),
		...RUN,
	},
	{
		files: [...files('guards/', 'GuardBook', 'checkGuards', 'openGuard'), ...files('holds/', 'holdChanges', 'loadMemory', 'revisitHolds')],
		...RUN,
	},
	{ files: files('deliveries/', 'confirmDeliveries', 'resendDeliveries'), ...RUN },
	{
		files: files('journal/', 'applyPlans', 'batchOf', 'checkStamps', 'commit', 'donePlan', 'lookForWrites', 'sendWrites', 'settleIntents', 'showsAfter'),
		...RUN,
	},
	{
		files: [
			...files('cursor/', 'ChangePages'),
			...files('run/', 'appPages', 'closeRun', 'compareAbsent', 'crmPages', 'halt', 'lease', 'openRun', 'partOfMapping', 'resultOf', 'runSync', 'seen', 'survey'),
		],
		...RUN,
	},
	{
		files: [
			...files('', 'matchKey'),
			...files('values/', 'booleanValue', 'canonicalValue', 'choices', 'comparableText', 'dateValue', 'looselyCanonical', 'numberValue', 'picklistValue', 'quoted'),
			...files('values/', 'sameValue', 'storedValue', 'textValue'),
		],
		quick: 'test/sync/(values/|matchKey|scenarios/values)',
		thorough: 'test/sync/(laws/valueLaws|scenarios/field|push/)',
	},
];
