import { createServer, type AddressInfo } from 'node:net';

/** The address everything in the tests listens on. */
export const LOOPBACK = '127.0.0.1';

/** A port of the loopback address that nobody uses at this moment. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, LOOPBACK, () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
