/**
 * Whether two fingerprints (`<key id>:<hash>`) show that somebody changed the credential. Those of different keys show nothing: a key
 * that was lost must not look like an edit.
 */
export function contentChanged(before: string, now: string): boolean {
	return before !== now && keyId(before) === keyId(now);
}

function keyId(fingerprint: string): string {
	return fingerprint.slice(0, Math.max(0, fingerprint.lastIndexOf(':')));
}
