import fc from 'fast-check';
import { batchAnswers, batchRequest } from '../../../src/crm/dynamics/rest/batch';
import { answerParts } from '../../../src/crm/dynamics/rest/multipart';
import { law } from '../../sync/laws/law';

const type = 'multipart/mixed; boundary=batchresponse_7';
const part = (status: number, body: string, headers: readonly string[] = []) =>
	['--batchresponse_7', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', '', `HTTP/1.1 ${status} Whatever`, ...headers, '', body, ''].join('\r\n');
const whole = (...parts: readonly string[]) => `${parts.join('')}--batchresponse_7--\r\n`;

test('answers are read with status, headers and body', () => {
	const body = whole(part(204, '', ['OData-EntityId: https://x/leads(1)', 'OData-Version: 4.0']), part(404, '{"error":{"code":"0x80040217","message":"gone"}}', ['Content-Type: application/json']));
	expect(answerParts(body, type)).toEqual([
		{ status: 204, headers: { 'odata-entityid': 'https://x/leads(1)', 'odata-version': '4.0' }, text: '' },
		{ status: 404, headers: { 'content-type': 'application/json' }, text: '{"error":{"code":"0x80040217","message":"gone"}}' },
	]);
	expect(answerParts(body.replaceAll('\r\n', '\n'), 'Multipart/Mixed;charset=utf-8; Boundary="batchresponse_7"')).toHaveLength(2);
});

test('without a boundary, or with nonsense inside, nothing is claimed', () => {
	expect(answerParts(whole(part(200, '{}')), 'multipart/mixed')).toEqual([]);
	expect(answerParts('<html>', type)).toEqual([]);
	expect(answerParts(whole('--batchresponse_7\r\nnonsense\r\n', part(200, '{}')), type).map((one) => one?.status)).toEqual([undefined, 200]);
});

const answer = fc.record({ status: fc.integer({ min: 200, max: 599 }), value: fc.json() });

law('a body that is cut anywhere shows whole answers only, in their places', fc.tuple(fc.array(answer, { minLength: 1, maxLength: 5 }), fc.nat()), ([answers, at]) => {
	const body = whole(...answers.map(({ status, value }) => part(status, value)));
	expect(answerParts(body, type).map((one) => [one?.status, one?.text])).toEqual(answers.map(({ status, value }) => [status, value.trim()]));
	const cut = answerParts(body.slice(0, at % body.length), type);
	expect(cut).toEqual(answerParts(body, type).slice(0, cut.length));
});

test('each operation has its answer; a cut, a missing and a strange one are lost replies', () => {
	const read = (body: string, count: number) => batchAnswers({ status: 200, headers: { 'content-type': type }, body }, count).map((one) => ('error' in one ? `${one.error.kind} ${one.error.replyLost}` : one.body));
	expect(read(whole(part(200, '{"value":[]}'), part(204, '')), 2)).toEqual([{ value: [] }, undefined]);
	expect(read(whole(part(200, '{"value":[]}'), part(500, '<html>')), 2)).toEqual([{ value: [] }, 'unavailable true']);
	expect(read(whole(part(200, '{"value":[')), 1)).toEqual(['unavailable true']);
	expect(read(part(200, '{}') + part(200, '{}'), 2)).toEqual([{}, 'unavailable true']);
	expect(read(whole(part(200, '{}'), part(200, '{}')), 1)).toEqual(['unavailable true']);
	expect(read('', 1)).toEqual(['unavailable true']);
});

test('a batch that stopped at its first failure and arrived whole did nothing of what is missing', () => {
	const read = (status: number, body: string) => batchAnswers({ status, headers: { 'content-type': type }, body }, 3).map((one) => ('error' in one ? `${one.error.kind} ${one.error.replyLost} ${one.error.transient}` : one.body));
	const parts = whole(part(200, '{}'), part(400, '{}'));
	expect(read(400, parts)).toEqual([{}, 'validation false false', 'unavailable false true']);
	expect(read(200, parts)).toEqual([{}, 'validation false false', 'unavailable true false']);
	expect(read(400, parts.slice(0, -6))).toEqual([{}, 'unavailable true false', 'unavailable true false']);
	expect(read(400, '')).toEqual(Array.from({ length: 3 }, () => 'unavailable true false'));
});

test('a batch goes on after an error, and each operation in it has its own headers', () => {
	const { path, headers, body, operations } = batchRequest([
		{ method: 'GET', path: 'leads?$select=leadid', headers: { prefer: 'odata.maxpagesize=5000' } },
		{ method: 'PATCH', path: 'leads(1)', headers: { 'if-match': '*' }, body: '{"subject":"\\r\\n--batch_crm_sync--"}' },
	]);
	expect({ path, headers, operations }).toEqual({ path: '$batch', operations: 2, headers: { 'content-type': 'multipart/mixed; boundary="batch_crm_sync"', prefer: 'odata.continue-on-error' } });
	expect(body?.split('\r\n')).toEqual([
		'--batch_crm_sync', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', '', 'GET /api/data/v9.2/leads?$select=leadid HTTP/1.1', 'accept: application/json', 'prefer: odata.maxpagesize=5000', '', '',
		'--batch_crm_sync', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', '', 'PATCH /api/data/v9.2/leads(1) HTTP/1.1', 'accept: application/json', 'content-type: application/json; type=entry', 'if-match: *', '', '{"subject":"\\r\\n--batch_crm_sync--"}',
		'--batch_crm_sync--', '',
	]);
});
