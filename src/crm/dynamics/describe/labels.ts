import { isObject, listOf, objectOf, textOf } from '../../json';

/** What a label says to the signed-in user. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/label */
export function labelIn(label: unknown): string | undefined {
	return textOf(objectOf(objectOf(label).UserLocalizedLabel).Label) ?? allLabels(label)[0];
}

/** What it says in every language that the environment has, each text once. */
export function allLabels(label: unknown): readonly string[] {
	const texts = listOf(objectOf(label).LocalizedLabels).filter(isObject).map((one) => textOf(one.Label));
	return [...new Set(texts.filter((text) => text !== undefined))];
}
