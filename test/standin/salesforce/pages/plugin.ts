import type { FastifyInstance, FastifyReply } from 'fastify';
import { canonicalId } from '../ids';
import type { OrgContext } from '../org/OrgContext';
import type { Row } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { readValue } from '../soql/fieldPath';
import { escapeHtml, page } from './html';

/** Pages for people who follow a record link: the org's lists, one list, one record. No session is asked for. */
export function servePages(app: FastifyInstance, org: OrgContext): void {
	const html = async (reply: FastifyReply, body: string, status = 200) => await reply.code(status).type('text/html;charset=UTF-8').send(body);
	app.get('/', async (_request, reply) => await html(reply, homePage(org)));
	app.get('/lightning/o/:object/list', async (request, reply) => {
		const object = org.schema.object((request.params as { object: string }).object);
		return object ? await html(reply, listPage(org, object)) : await html(reply, missingPage(org), 404);
	});
	for (const url of ['/:id', '/lightning/r/:id/view', '/lightning/r/:object/:id/view']) {
		app.get(url, async (request, reply) => {
			const id = canonicalId((request.params as { id: string }).id);
			const object = id === undefined ? undefined : org.schema.objectOfId(id);
			const row = id && object ? org.tables.get(object.name, id) : undefined;
			return object && row ? await html(reply, recordPage(org, object, row)) : await html(reply, missingPage(org), 404);
		});
	}
}

const titleOf = (org: OrgContext) => `${org.name}${org.sandbox ? ' (sandbox)' : ''}`;
const linkTo = (row: Row, text: unknown) => `<a href="/${escapeHtml(row.Id)}">${escapeHtml(text ?? row.Id)}</a>`;

function nameOf(object: ObjectSpec, row: Row): unknown {
	const spec = object.fields.find((field) => field.nameField);
	return spec ? readValue(row, spec) : row.Id;
}

function homePage(org: OrgContext): string {
	const rows = org.schema.all().map((object) => {
		const count = org.tables.all(object.name).filter((row) => row.IsDeleted !== true).length;
		return `<tr><td><a href="/lightning/o/${escapeHtml(object.name)}/list">${escapeHtml(object.labelPlural)}</a></td><td>${count}</td></tr>`;
	});
	return page({ title: titleOf(org), aside: titleOf(org), body: `<h1>${escapeHtml(titleOf(org))}</h1><p>${escapeHtml(org.edition)} · ${escapeHtml(org.id)}</p><table>${rows.join('')}</table>` });
}

function listPage(org: OrgContext, object: ObjectSpec): string {
	const shown = ['Company', 'Email', 'Phone', 'Status', 'LastModifiedDate'].map((name) => org.schema.field(object, name)).filter((spec) => spec !== undefined);
	const live = org.tables.all(object.name).filter((row) => row.IsDeleted !== true).reverse();
	const rows = live.slice(0, 500).map((row) => `<tr><td>${linkTo(row, nameOf(object, row))}</td>${shown.map((spec) => `<td>${escapeHtml(readValue(row, spec))}</td>`).join('')}</tr>`);
	const head = `<tr><th>Name</th>${shown.map((spec) => `<th>${escapeHtml(spec.label)}</th>`).join('')}</tr>`;
	return page({ title: object.labelPlural, aside: titleOf(org), body: `<p><a href="/">${escapeHtml(titleOf(org))}</a></p><h1>${escapeHtml(object.labelPlural)}</h1><p>${live.length} records</p><table>${head}${rows.join('')}</table>` });
}

function recordPage(org: OrgContext, object: ObjectSpec, row: Row): string {
	const fields = object.fields.filter((spec) => spec.type !== 'address').map((spec) => ({ spec, value: readValue(row, spec) })).filter(({ value }) => value !== null);
	const rows = fields.map(({ spec, value }) => `<tr><th>${escapeHtml(spec.label)}</th><td>${spec.type === 'reference' ? linkTo({ Id: value }, value) : escapeHtml(value)}</td></tr>`);
	const gone = row.IsDeleted === true ? '<p>This record is in the recycle bin.</p>' : '';
	return page({ title: String(nameOf(object, row)), aside: titleOf(org), body: `<p><a href="/lightning/o/${escapeHtml(object.name)}/list">${escapeHtml(object.labelPlural)}</a></p><h1>${escapeHtml(nameOf(object, row))}</h1>${gone}<table>${rows.join('')}</table>` });
}

const missingPage = (org: OrgContext) => page({ title: 'Not found', aside: titleOf(org), body: '<h1>Page not found</h1><p>The record you looked for does not exist or was deleted for good.</p><p><a href="/">Home</a></p>' });
