/** One answer inside a multipart body. */
export interface AnswerPart {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
}

/**
 * The answers in a multipart body, in their order; `undefined` stands for one that cannot be read. A part counts only when the delimiter
 * after it has arrived, so a body that was cut ends with the last whole answer.
 *
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api
 */
export function answerParts(body: string, contentType: string): ReadonlyArray<AnswerPart | undefined> {
	// Before the first delimiter stands nothing of use, and after the last one the end mark or a part that was cut.
	return piecesOf(body, contentType).slice(1, -1).map((piece) => answerIn(piece.replace(/\r$/, '')));
}

/** Whether a multipart body ends with the mark of its end, so that nothing of it is missing. */
export function isWhole(body: string, contentType: string): boolean {
	return piecesOf(body, contentType).slice(1).at(-1)?.startsWith('--') === true;
}

function piecesOf(body: string, contentType: string): readonly string[] {
	const boundary = /boundary=(?:"([^"]{1,200})"|([^\s;,]{1,200}))/i.exec(contentType)?.slice(1).find((text) => text !== undefined);
	return boundary === undefined ? [] : `\n${body}`.split(`\n--${boundary}`);
}

function answerIn(piece: string): AnswerPart | undefined {
	// The headers of the part say only that an HTTP answer follows.
	const [, message] = cutAtEmptyLine(piece);
	const [head, text] = cutAtEmptyLine(message.trimStart());
	const [statusLine, ...lines] = head.split(/\r?\n/);
	const status = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(statusLine)?.[1];
	return status === undefined ? undefined : { status: Number(status), headers: headersIn(lines), text: text.trim() };
}

function cutAtEmptyLine(text: string): readonly [string, string] {
	const empty = /\r?\n\r?\n/.exec(text);
	return empty ? [text.slice(0, empty.index), text.slice(empty.index + empty[0].length)] : [text, ''];
}

function headersIn(lines: readonly string[]): Record<string, string> {
	const pairs = lines.map((line) => [line, line.indexOf(':')] as const).filter(([, colon]) => colon > 0);
	return Object.fromEntries(pairs.map(([line, colon]) => [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]));
}
