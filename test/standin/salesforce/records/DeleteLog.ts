/** One deletion as the log has it. */
export interface Deletion {
	readonly id: string;
	/** As on the wire: the record's SystemModstamp. */
	readonly deletedDate: string;
}

/** What an org remembers of deletions, beside the recycle bin: records that were erased for good stay in it, those that came back do not. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm */
export class DeleteLog {
	private readonly deletions = new Map<string, Map<string, Deletion>>();
	private trimmed = -Infinity;

	/** Until when deletions were taken out of the log, in milliseconds since 1970. */
	get trimmedAt(): number {
		return this.trimmed;
	}

	note(object: string, deletion: Deletion): void {
		const ofObject = this.deletions.get(object) ?? new Map<string, Deletion>();
		this.deletions.set(object, ofObject.set(deletion.id, deletion));
	}

	/** The record is there again. */
	forget(object: string, id: string): void {
		this.deletions.get(object)?.delete(id);
	}

	/** The deletions of an object, in the order they were noted. */
	of(object: string): readonly Deletion[] {
		return [...(this.deletions.get(object)?.values() ?? [])];
	}

	/** Takes everything out, as happens to the oldest entries of a log that has grown too long. */
	trim(now: number): void {
		this.deletions.clear();
		this.trimmed = now;
	}
}
