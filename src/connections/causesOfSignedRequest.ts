import type { Cause, Evidence } from './diagnosis';
import { advisedOr, andItWorked, because, becauseSince, said } from './wording';

/** A signed request counts for some minutes; a clock that is off by less is not why it was refused: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm */
const toleratedMinutes = 3;

const refused = ({ crmName }: Evidence): string => `${crmName} refused the signed request.`;
const clockDiffers = ({ clockSkewMinutes = 0 }: Evidence): boolean => Math.abs(clockSkewMinutes) >= toleratedMinutes;

function clock({ crmName, clockSkewMinutes = 0 }: Evidence): string {
	return `the clock of this n8n is ${Math.round(Math.abs(clockSkewMinutes))} minutes ${clockSkewMinutes > 0 ? 'ahead of' : 'behind'} that of ${crmName}`;
}

/** Why a request that is signed with a private key (JWT) is refused. */
export const signedRequestCauses: readonly Cause[] = [
	{
		cause: 'clock-off',
		certainty: 'likely',
		effect: 'inactive',
		fits: (evidence) => because('clock-off')(evidence) || (because('assertion-refused')(evidence) && clockDiffers(evidence)),
		words: (evidence) => (evidence.reason === 'clock-off' ? evidence.message : `${refused(evidence)} Such a request counts for a few minutes only, and ${clock(evidence)}.`),
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
		words: (evidence) => andItWorked(refused(evidence), evidence, 'the certificate of the app was replaced or has expired'),
		whatToDo: () => 'Give the app the certificate that belongs to the private key of the credential, or enter the new private key.',
	},
	{
		cause: 'assertion-refused',
		certainty: 'unknown',
		effect: 'inactive',
		fits: because('assertion-refused'),
		words: (evidence) =>
			`${refused(evidence)} It does not say why: the private key does not belong to the certificate of the app, the certificate has expired${evidence.clockSkewMinutes === undefined ? ', or the clock of this n8n is wrong' : ''}.`,
		whatToDo: () => 'Give the app the certificate that belongs to the private key of the credential, and check that it has not expired.',
	},
];
