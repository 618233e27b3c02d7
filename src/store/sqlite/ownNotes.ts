/**
 * What a run notes stands in a temporary table of the handle, which hides the stored one of the same name: notes of a first run are more than
 * what it stores in the end, and the file would never become smaller again. SQLite keeps a little of it in memory, and the rest in a file
 * that nobody else sees, which shrinks with each deletion and vanishes with the process. https://www.sqlite.org/tempfiles.html
 */
export const ownNotes = `
	pragma temp.auto_vacuum = full;
	create temp table if not exists sync_notes (
		sync integer not null, kind text not null, key text not null, value text not null,
		primary key (sync, kind, key, value)
	) without rowid`;
