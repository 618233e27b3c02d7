import { withArticle } from '../../../src/sync/push/withArticle';

test.each([
	['Lead', 'a Lead'],
	['Account', 'an Account'],
	['opportunity', 'an opportunity'],
	['User', 'a User'],
])('%s is called %s', (noun, expected) => expect(withArticle(noun)).toBe(expected));
