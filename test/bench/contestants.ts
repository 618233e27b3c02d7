import { dynamicsContestants } from './dynamicsContestants';
import { salesforceContestants } from './salesforceContestants';
import type { BenchCrm, Contestant } from './workload';

/** Who brings leads into which CRM, by name; the first of each is the yardstick of the others. */
export const contestants: Readonly<Record<BenchCrm, Readonly<Record<string, Contestant>>>> = { salesforce: salesforceContestants, dynamics: dynamicsContestants };
