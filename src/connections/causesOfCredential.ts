import type { Cause } from './diagnosis';
import { advisedOr, because, said } from './wording';

const openCredential = 'Open the credential, check its fields and save it again.';

/** What keeps this package from sending anything at all. */
export const credentialCauses: readonly Cause[] = [
	{
		cause: 'paused',
		certainty: 'proven',
		effect: 'none',
		fits: because('paused'),
		words: said,
		whatToDo: advisedOr('Activate the connection when it may be used again.'),
	},
	{
		cause: 'other-org',
		certainty: 'proven',
		effect: 'none',
		fits: because('other-org'),
		words: said,
		whatToDo: advisedOr('Check that the credential reaches the org that you mean, and confirm the new one or connect to the old one again.'),
	},
	{
		cause: 'never-connected',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('never-connected'),
		words: said,
		whatToDo: advisedOr('Open the credential and connect the account.'),
	},
	{
		cause: 'no-credential',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('no-credential'),
		words: said,
		whatToDo: advisedOr('Choose a credential in the node.'),
	},
	{
		cause: 'wrong-address',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('wrong-address'),
		words: said,
		whatToDo: advisedOr(openCredential),
	},
	{
		cause: 'credential-unreadable',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('credential-unreadable'),
		words: said,
		whatToDo: advisedOr(openCredential),
	},
];
