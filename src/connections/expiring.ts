import type { Diagnosis } from './diagnosis';
import { dayOf } from './wording';

const dayMs = 24 * 60 * 60 * 1000;
/** Long enough for an organization to exchange a certificate without haste. */
const warnDays = 30;

/** Warns of a certificate that ends soon: what still works today is no problem yet. Times in milliseconds since 1970. */
export function expiringCertificate(expiresAt: number | undefined, now: number): Diagnosis[] {
	const days = expiresAt === undefined ? Infinity : Math.floor((expiresAt - now) / dayMs);
	if (expiresAt === undefined || days < 0 || days >= warnDays) return [];
	const left = days === 0 ? 'today or tomorrow' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
	return [
		{
			cause: 'certificate-expiring',
			certainty: 'proven',
			words: `The certificate of this credential expires ${left}, on ${dayOf(new Date(expiresAt).toISOString())}. From then on nobody can sign in with it.`,
			whatToDo: 'Make a new certificate, give it to the app beside the old one, and enter it in the credential with its private key.',
		},
	];
}
