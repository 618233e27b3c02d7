/** A text for people: one for every language, or one by language code (1033 is English, 1036 French). */
export type Labels = string | Readonly<Record<number, string>>;

/** The text in a language; English, then any, where it is missing. */
export function textIn(labels: Labels, language: number): string {
	if (typeof labels === 'string') return labels;
	return labels[language] ?? labels[1033] ?? Object.values(labels)[0] ?? '';
}

/** A Label as metadata shows it. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/label */
export function labelJson(labels: Labels, language: number): object {
	const one = (code: number, text: string) => ({
		Label: text,
		LanguageCode: code,
		IsManaged: true,
		MetadataId: '00000000-0000-0000-0000-000000000000',
		HasChanged: null,
	});
	const localized = typeof labels === 'string' ? [one(language, labels)] : Object.entries(labels).map(([code, text]) => one(Number(code), text));
	return { LocalizedLabels: localized, UserLocalizedLabel: one(language, textIn(labels, language)) };
}
