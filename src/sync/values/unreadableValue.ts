/** Stands where a value could not even be read from its item; it fits no field, and its reason becomes the item's problem. */
export class UnreadableValue {
	constructor(readonly reason: string) {}
}
