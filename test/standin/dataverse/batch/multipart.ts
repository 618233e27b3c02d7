import { DataverseError } from '../http/DataverseError';

/** One part of a multipart body: headers by name in lower case, and what follows them. */
export interface Part {
	readonly headers: Readonly<Record<string, string>>;
	readonly content: string;
}

/** A request as it stands inside a part. */
export interface PartRequest extends Part {
	readonly method: string;
	/** As written: absolute, from the root, or relative. */
	readonly url: string;
}

const malformed = (why: string): DataverseError => new DataverseError(400, '0x80060888', why);

/** The boundary a Content-Type names; undefined when it is not multipart. */
export function boundaryOf(contentType: string | undefined): string | undefined {
	return /^multipart\/mixed;.*boundary=(?:"([^"]+)"|([^;\s]+))/i
		.exec(contentType ?? '')
		?.slice(1)
		.find((part) => part !== undefined);
}

function headersAndRest(text: string): Part {
	const [head, content = ''] = text.replace(/^\r?\n/, '').split(/\r?\n\r?\n([\s\S]*)/, 2);
	const headers = head
		.split(/\r?\n/)
		.filter((line) => line.includes(':'))
		.map((line): [string, string] => {
			const [name, value] = line.split(/:(.*)/s, 2);
			return [name.trim().toLowerCase(), value.trim()];
		});
	return { headers: Object.fromEntries(headers), content };
}

/** Splits a multipart body. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api */
export function splitParts(body: string, boundary: string): Part[] {
	const pieces = `\n${body}`.split(`\n--${boundary}`);
	const closed = pieces.length > 1 && pieces[pieces.length - 1].startsWith('--');
	if (!closed) throw malformed('The message body is not a valid multipart message: the end of the batch is missing.');
	return pieces.slice(1, -1).map((piece) => headersAndRest(piece.replace(/\r$/, '')));
}

/** Reads the request inside a part. */
export function requestIn(part: Part): PartRequest {
	const [line, rest = ''] = part.content.replace(/^(\r?\n)+/, '').split(/\r?\n([\s\S]*)/, 2);
	const match = /^(GET|POST|PATCH|PUT|DELETE) (\S+)(?: HTTP\/1\.1)?\s*$/.exec(line);
	if (!match) throw malformed(`Invalid request line in a batch part: '${line}'.`);
	const { headers, content } = headersAndRest(rest.startsWith('\n') || rest.startsWith('\r\n') ? `X-None: 1\r\n${rest}` : rest);
	return { method: match[1], url: match[2], headers, content: content.trim() };
}
