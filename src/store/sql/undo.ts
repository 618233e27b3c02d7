/** Ends a transaction without storing anything, when somebody was faster: an entry is there already, or is another one by now. Never leaves the store. */
export class Undo extends Error {}
