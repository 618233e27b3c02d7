import { createServer } from 'node:net';

/** Where the demo listens, unless something else does: always the same, so that a bookmark stays good. */
const USUAL = { login: 4280, org: 4281, n8n: 5680 };

export type DemoPorts = typeof USUAL;

/** The demo's ports; one that is taken is replaced by a free one. */
export async function demoPorts(n8nPort = USUAL.n8n): Promise<DemoPorts> {
	return { login: await usable(USUAL.login), org: await usable(USUAL.org), n8n: await usable(n8nPort) };
}

async function usable(port: number): Promise<number> {
	return (await listen(port).catch(() => undefined)) ?? (await listen(0));
}

async function listen(port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}
