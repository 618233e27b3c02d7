/** What becomes of a refused password; said once, however many voices a message has. */
export const notSentAgain = 'The refused password is not sent again by itself, so that the user is not locked out.';

/** How a person tries it on purpose. */
export const onPurpose = 'run Check Health of the CRM Connection node once by hand';

/** The advice, with that sentence in it. */
export function sayingNotSentAgain(advice: string): string {
	return advice.includes(notSentAgain) ? advice : `${advice} ${notSentAgain}`;
}
