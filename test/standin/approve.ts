/** What a person does on the consent page. */
export interface Approval {
	/** Who signs in; the first user of the page by default. */
	readonly user?: { readonly id: string };
	readonly deny?: boolean;
}

/** Opens the consent page of an authorize address and presses a button; answers where the browser is sent, with code or error. */
export async function approve(authorizeUrl: string, { user, deny = false }: Approval = {}): Promise<string> {
	const page = await fetch(authorizeUrl, { redirect: 'manual' });
	const sentBack = page.headers.get('location');
	const html = await page.text();
	if (sentBack !== null) return sentBack;
	if (page.status !== 200) throw new Error(`The consent page answered ${page.status}: ${/error=[^<]*/.exec(html)?.[0] ?? html}`);
	const form = new URLSearchParams(new URL(authorizeUrl).search);
	form.set('user', user?.id ?? /<option value="(\w+)"/.exec(html)?.[1] ?? '');
	form.set('decision', deny ? 'deny' : 'allow');
	const answer = await fetch(new URL('/services/oauth2/authorize', authorizeUrl), { method: 'POST', body: form, redirect: 'manual' });
	const location = answer.headers.get('location');
	if (location === null) throw new Error(`The consent page answered ${answer.status} without a redirect`);
	return location;
}
