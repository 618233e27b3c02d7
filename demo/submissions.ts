/** One person filling in the demo's form; the values stand in the order of its fields. */
export interface Submission {
	/** What this one shows. */
	readonly story: string;
	readonly values: readonly [firstName: string, lastName: string, email: string, company: string, phone: string];
}

/** The people who fill in the form, in this order. */
export const SUBMISSIONS: readonly Submission[] = [
	{ story: 'a new person', values: ['Lena', "O'Brien", 'lena.obrien@example.com', 'Harbor & Co', '+44 20 7946 0018'] },
	{ story: 'the same person again, with another phone', values: ['Lena', "O'Brien", ' Lena.OBrien@Example.com ', 'Harbor & Co', '+44 20 7946 0099'] },
	{ story: 'already a lead, nothing new', values: ['Priya', 'Raman', 'priya.raman@example.com', 'Blue Harbor', ''] },
	{ story: 'the e-mail of two leads', values: ['Tom', 'Becker', 'tom.becker@example.com', 'Becker & Sons', ''] },
	{ story: 'a lead that became a contact', values: ['Ana', 'Silva', 'ana.silva@example.com', 'Silva Foods', ''] },
	{ story: 'already a contact', values: ['Joan', 'Miller', 'joan.miller@example.com', 'Lakeside Clinic', ''] },
	{ story: 'a mistyped e-mail', values: ['Max', 'Weber', 'max.weber(at)example.com', 'Weber GmbH', ''] },
	{ story: 'HTML and an emoji in the name', values: ['<b>Zoë</b>', 'Åkesson 🚀', 'zoe@example.com', '<script>alert(1)</script>', ''] },
];
