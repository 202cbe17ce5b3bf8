import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { EXAMPLE_DATA_FOLDER } from '../kit/folders';
import { LOOPBACK } from '../kit/ports';

/** Where the files of the examples are on GitHub. */
export const EXAMPLE_FILES_URL =
	'https://raw.githubusercontent.com/robomq/n8n-nodes-robomq-outlook/main/examples/data/';

let running: Promise<Server> | undefined;

/** Serves examples/data on loopback until this process ends, and gives the address of the folder. */
export async function serveExampleFiles(): Promise<string> {
	running ??= listen();
	const { port } = (await running).address() as AddressInfo;
	return `http://${LOOPBACK}:${port}/`;
}

async function listen(): Promise<Server> {
	const server = createServer((request, response) => {
		readFile(join(EXAMPLE_DATA_FOLDER, basename(request.url ?? ''))).then(
			(content) => response.end(content),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	server.unref();
	return server;
}
