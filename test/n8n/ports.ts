import { createServer, type AddressInfo } from 'node:net';

/** The address everything in the tests listens on. */
export const LOOPBACK = '127.0.0.1';

/** A port of the loopback address that nobody uses at this moment: the wanted one, or an error that names it; any, when none is wanted. */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () => reject(new Error(`port ${wanted} is in use by another program: stop that, or choose another port`)));
		server.listen(wanted, LOOPBACK, () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
