import { CrmError, type CrmErrorDetails } from '../../model/crmError';
import type { KnownFailure } from './knownFailure';

/** One failure as a CRM worded it. */
export interface ReportedFailure {
	readonly code?: string;
	readonly message: string;
	/** API names of the fields that it blames. */
	readonly fields: readonly string[];
	/** Ids of records that it names as already existing. */
	readonly existing: readonly string[];
}

/** The error that a failure means, in words; `more` overrules. */
export function worded(failure: ReportedFailure, meaning: KnownFailure, more: Partial<CrmErrorDetails> = {}): CrmError {
	return new CrmError(meaning.kind, {
		message: filledIn(meaning.words, failure),
		remedy: meaning.remedy,
		code: failure.code,
		reason: meaning.reason,
		fields: failure.fields,
		...(failure.existing.length > 0 ? { existingIds: failure.existing } : {}),
		transient: meaning.transient,
		...more,
	});
}

/** The words with what is known of the failure; of what stands in brackets, the first alternative that is known altogether, or nothing. */
function filledIn(words: string, { code, message, fields, existing }: ReportedFailure): string {
	const known: Readonly<Record<string, string>> = {
		'{fields}': fields.map((field) => spoken(field)).join(', '),
		'{existing}': existing.join(', '),
		'{said}': spoken(message) || (code ?? 'nothing more'),
	};
	const isKnown = (text: string) => (text.match(placeholder) ?? []).every((name) => known[name] !== '');
	return words
		.replace(/\[([^\]]*)\]/g, (_, alternatives: string) => alternatives.split('|').find(isKnown) ?? '')
		.replace(placeholder, (name) => known[name]);
}

const placeholder = /\{(?:fields|existing|said)\}/g;

/** A sentence from outside made fit for a message: one line, no markup, no token, not endless. */
function spoken(text: string): string {
	const line = text
		.replace(/<[^>]*>/g, ' ')
		// eslint-disable-next-line no-control-regex -- they have no place in a message
		.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
		.replace(/\b00D\w{9,15}![\w.%-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[hidden]')
		.trim();
	return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
