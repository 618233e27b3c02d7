import type { Approval } from '../../approve';

/** Opens the sign-in page of an authorize address and presses a button; answers where the browser is sent, with code or error. */
export async function approveDataverse(authorizeUrl: string, { user, deny = false }: Approval = {}): Promise<string> {
	const page = await fetch(authorizeUrl, { redirect: 'manual' });
	const sentBack = page.headers.get('location');
	const html = await page.text();
	if (sentBack !== null) return sentBack;
	const first = /<option value="([\w-]+)"/.exec(html)?.[1];
	if (!html.includes('name="decision"')) throw new Error(`The sign-in page says: ${/AADSTS\d+[^<]*/.exec(html)?.[0] ?? html}`);
	const form = new URLSearchParams(new URL(authorizeUrl).search);
	form.set('user', user?.id ?? first ?? '');
	form.set('decision', deny ? 'deny' : 'allow');
	const answer = await fetch(authorizeUrl.split('?')[0], { method: 'POST', body: form, redirect: 'manual' });
	const location = answer.headers.get('location');
	if (location === null) throw new Error(`The sign-in page says: ${/AADSTS\d+[^<]*/.exec(await answer.text())?.[0] ?? answer.status}`);
	return location;
}
