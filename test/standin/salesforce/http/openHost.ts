import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { notFound } from './SalesforceError';

/** A running HTTP server on 127.0.0.1. */
export interface Host {
	readonly url: string;
	close(): Promise<void>;
}

const largestUriAndHeaders = 16_384;

/** Starts a server; `install` adds the plugins and may use the address once requests arrive. Port 0 takes a free one. */
export async function openHost(port: number, install: (app: FastifyInstance, url: () => string) => void | Promise<void>): Promise<Host> {
	const app = fastify({
		bodyLimit: 52_428_800,
		forceCloseConnections: true,
		http: { maxHeaderSize: 4 * largestUriAndHeaders },
		routerOptions: { maxParamLength: 8000 },
		// Clients of the real API write double slashes: the CLI asks for //services/data.
		rewriteUrl: (request) => (request.url ?? '/').replace(/^[^?]*/, (path) => path.replace(/\/{2,}/g, '/')),
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	await app.register(formbody);
	limitUriAndHeaders(app);
	answerTheRest(app);
	let url = '';
	await install(app, () => url);
	await app.listen({ port, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	return { url, close: async () => await app.close() };
}

/** 414 above 16,384 bytes of URI and headers. https://help.salesforce.com/s/articleView?id=000386264 */
function limitUriAndHeaders(app: FastifyInstance): void {
	app.addHook('onRequest', async (request, reply) => {
		const headers = request.raw.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
		const uri = request.raw.url?.length ?? 0;
		if (uri + headers <= largestUriAndHeaders) return;
		const [status, title] = uri > headers ? [414, 'URI Too Long'] : [431, 'Request Header Fields Too Large'];
		await reply.code(status as number).type('text/html;charset=UTF-8').send(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`);
	});
}

/** What no route knows is 404; what the stand-in itself breaks on is 500 with its own words, to be seen in a test's output. */
function answerTheRest(app: FastifyInstance): void {
	app.setNotFoundHandler(async (request, reply) => {
		if (request.url.startsWith('/services/')) return await reply.code(404).type('application/json;charset=UTF-8').send(JSON.stringify(notFound().body));
		return await reply.code(404).type('text/html;charset=UTF-8').send('<html><head><title>Not found</title></head><body><h1>URL No Longer Exists</h1></body></html>');
	});
	app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
		const status = error.statusCode ?? 500;
		if (status === 500) console.error('The stand-in broke on a request:', error);
		return await reply.code(status).type('application/json;charset=UTF-8').send(JSON.stringify([{ message: `Stand-in: ${error.message}`, errorCode: 'UNKNOWN_EXCEPTION' }]));
	});
}
