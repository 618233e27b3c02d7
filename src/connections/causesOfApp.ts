import type { Cause, Evidence } from './diagnosis';
import { advisedOr, andItWorked, because, becauseSince, said } from './wording';

const copySecret = 'Copy the client secret from the app again into the credential.';

const unknownClient = ({ crmName }: Evidence): string => `${crmName} does not know the client ID (consumer key) at the address where this credential signs in.`;

function elsewhere({ sandboxHost }: Evidence): string {
	if (sandboxHost === undefined) return 'it belongs to another org (an app made in production is unknown to a sandbox, and the other way round)';
	return sandboxHost
		? 'it belongs to another org (the address is that of a sandbox, to which an app made in production is unknown)'
		: 'it belongs to another org (the address is that of production, to which an app made in a sandbox is unknown)';
}

/** Why the app that signs in is refused. */
export const appCauses: readonly Cause[] = [
	{
		cause: 'app-removed',
		certainty: 'likely',
		effect: 'inactive',
		fits: becauseSince('client-unknown'),
		words: (evidence) => andItWorked(unknownClient(evidence), evidence, 'the app was deleted, or the sandbox was refreshed, which removes the apps made in it'),
		whatToDo: () => 'Make the app in the org again and enter its client ID and secret in the credential.',
	},
	{
		cause: 'client-unknown',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('client-unknown'),
		words: (evidence) => `${unknownClient(evidence)} Either it is mistyped, or the app is only minutes old, or ${elsewhere(evidence)}.`,
		whatToDo: () => 'If the app is new, wait ten minutes and check again; otherwise copy the client ID from the app of this very org.',
	},
	{
		cause: 'client-secret-rotated',
		certainty: 'likely',
		effect: 'inactive',
		fits: becauseSince('client-secret-wrong'),
		words: (evidence) => andItWorked(said(evidence), evidence, 'the secret was renewed in the app'),
		whatToDo: advisedOr(copySecret),
	},
	{
		cause: 'client-secret-wrong',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('client-secret-wrong'),
		words: said,
		whatToDo: advisedOr(copySecret),
	},
	{
		cause: 'app-not-installed',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('app-not-installed'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to install the app.'),
	},
	{
		cause: 'client-refused',
		certainty: 'unknown',
		effect: 'inactive',
		fits: because('client-refused'),
		words: said,
		whatToDo: advisedOr(copySecret),
	},
	{
		cause: 'flow-not-enabled',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('flow-not-enabled'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to enable this way of signing in for the app.'),
	},
	{
		cause: 'no-run-as-user',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('no-run-as-user'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to name the user that the app acts as.'),
	},
	{
		cause: 'scope-refused',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('scope-refused'),
		words: said,
		whatToDo: advisedOr('Ask the admin of the CRM to allow the app what it asks for.'),
	},
	{
		cause: 'app-refused',
		certainty: 'proven',
		effect: 'inactive',
		fits: because('app-refused'),
		words: said,
		whatToDo: advisedOr('Compare the credential with the settings of the app.'),
	},
];
