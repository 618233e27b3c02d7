import type { Cause } from './diagnosis';
import { advisedOr, andItWorked, because, becauseSince, said } from './wording';

/** Why a request that is signed with a private key (JWT) is refused. */
export const signedRequestCauses: readonly Cause[] = [
	{
		cause: 'clock-off',
		certainty: 'likely',
		effect: 'inactive',
		fits: because('clock-off'),
		words: said,
		whatToDo: advisedOr('Ask whoever runs this n8n to set its clock by the network, then check again.'),
	},
	{
		cause: 'audience-refused',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('audience-refused'),
		words: said,
		whatToDo: advisedOr('Check in the credential whether it signs in to production or to a sandbox.'),
	},
	{
		cause: 'certificate-changed',
		certainty: 'likely',
		effect: 'inactive',
		fits: becauseSince('assertion-refused'),
		words: (evidence) => andItWorked(said(evidence), evidence, 'the certificate of the app was replaced or has expired'),
		whatToDo: advisedOr('Give the app the certificate that belongs to the private key of the credential, or enter the new private key.'),
	},
	{
		cause: 'assertion-refused',
		certainty: 'unknown',
		effect: 'inactive',
		fits: because('assertion-refused'),
		words: said,
		whatToDo: advisedOr('Give the app the certificate that belongs to the private key of the credential, and check that it has not expired.'),
	},
];
