/** Takes secrets out of a text; texts of up to three letters are no secrets, but would tear any text apart. */
export function redactor(secrets: readonly unknown[]): (text: string) => string {
	const texts = secrets.filter((secret): secret is string => typeof secret === 'string' && secret.length > 3);
	return (text) => texts.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}
