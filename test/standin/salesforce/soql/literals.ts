const escapes: Record<string, string> = { n: '\n', N: '\n', r: '\r', R: '\r', t: '\t', T: '\t', b: '\b', B: '\b', f: '\f', F: '\f', '"': '"', "'": "'", '\\': '\\' };

/** One character of a quoted string: `escaped` tells `\_` and `\%` from the wildcards. */
export interface Character {
	readonly text: string;
	readonly escaped: boolean;
}

/** The characters of a quoted SOQL string; undefined when an escape is not one of SOQL's. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm */
export function charactersOf(quoted: string): Character[] | undefined {
	const body = quoted.slice(1, -1);
	const characters: Character[] = [];
	for (let index = 0; index < body.length; index++) {
		if (body[index] !== '\\') {
			characters.push({ text: body[index], escaped: false });
			continue;
		}
		index += 1;
		const unicode = /^[uU]([0-9a-fA-F]{4})/.exec(body.slice(index));
		const wildcard = body[index] === '_' || body[index] === '%';
		const text = unicode ? String.fromCharCode(parseInt(unicode[1], 16)) : wildcard ? body[index] : escapes[body[index] ?? ''];
		if (text === undefined) return undefined;
		characters.push({ text, escaped: true });
		if (unicode) index += 4;
	}
	return characters;
}

/** A pattern for LIKE: `%` stands for any text, `_` for one character; case does not count. */
export function likePattern(characters: readonly Character[]): RegExp {
	const parts = characters.map(({ text, escaped }) => {
		if (!escaped && text === '%') return '[^]*';
		if (!escaped && text === '_') return '[^]';
		return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
	});
	return new RegExp(`^${parts.join('')}$`, 'i');
}
