import type { ObjectSpec } from '../sobject';
import { group, organization, profile, recordType, user } from './administration';
import { lead } from './lead';
import { account, campaign, contact, opportunity, subscription } from './sales';
import { supportCase, task } from './service';
import { loginHistory, userLogin } from './signIn';

/** The objects every new org of the stand-in has; add one here, or to a single org with `org.defineObject`. */
export const standardObjects = (): ObjectSpec[] => [
	account(), campaign(), supportCase(), contact(), group(), lead(), loginHistory(), opportunity(), organization(), profile(), recordType(), subscription(), task(), user(), userLogin(),
];
