import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';

/** A running HTTP server on 127.0.0.1. */
export interface Host {
	readonly url: string;
	close(): Promise<void>;
}

/** The page a gateway in front of Microsoft's servers shows. */
export const gatewayPage = (status: number, title: string): string =>
	`<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>${title}</TITLE></HEAD><BODY><h2>${title}</h2><hr><p>HTTP Error ${status}.</p></BODY></HTML>\r\n`;

/** Starts a server; `install` adds the routes and may use the address once requests arrive. Port 0 takes a free one. */
export async function openHost(port: number, install: (app: FastifyInstance, url: () => string) => void): Promise<Host> {
	const app = fastify({ bodyLimit: 134_217_728, forceCloseConnections: true, http: { maxHeaderSize: 131_072 }, routerOptions: { maxParamLength: 65_536 } });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	await app.register(formbody);
	app.setNotFoundHandler(async (_request, reply) => await reply.code(404).type('text/html; charset=us-ascii').send(gatewayPage(404, 'Not Found')));
	app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
		const status = error.statusCode ?? 500;
		if (status === 500) console.error('The stand-in broke on a request:', error);
		return await reply
			.code(status)
			.type('application/json; charset=utf-8')
			.send(JSON.stringify({ Message: `Stand-in: ${error.message}` }));
	});
	let url = '';
	install(app, () => url);
	await app.listen({ port, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	return { url, close: async () => await app.close() };
}

/** Cuts the connection without an answer. */
export function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}
