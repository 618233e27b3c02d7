const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID in the form the Web API writes; letters may be of either case. */
export const isGuid = (text: unknown): boolean => typeof text === 'string' && pattern.test(text);

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0').slice(-width);

/** Gives out GUIDs that never repeat within one stand-in and are the same in every run. */
export class GuidSource {
	private last = 0;

	/** `space` keeps the ids of several environments and tenants apart: 0 to 65,535. */
	constructor(private readonly space: number) {}

	/** The next GUID; later ones sort after earlier ones. */
	next(): string {
		this.last += 1;
		// Real ones look so: the beginning counts up, the end names the machine.
		return `${hex(this.last, 8)}-${hex(this.space, 4)}-f011-8dc9-000d3a${hex(this.space * 7919 + 4_194_304, 6)}`;
	}
}
