import { createServer } from 'node:net';

/** Where the demo listens, unless something else does: always the same, so that a bookmark stays good. */
const USUAL = { salesforceLogin: 4280, org: 4281, microsoftLogin: 4282, environment: 4283, n8n: 5680 };

export type DemoPorts = typeof USUAL;

/** The demo's ports; one that is taken is replaced by a free one. */
export async function demoPorts(n8nPort = USUAL.n8n): Promise<DemoPorts> {
	const ports = { ...USUAL, n8n: n8nPort };
	for (const [name, port] of Object.entries(ports)) ports[name as keyof DemoPorts] = await usable(port);
	return ports;
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
