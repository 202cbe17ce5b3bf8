import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { LOOPBACK } from '../../kit/ports';

/** A tool as n8n's AI Agent offers it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	/** A JSON schema of what the model is to fill in. */
	parameters: { properties?: Record<string, unknown>; required?: string[] };
}

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ type: 'function'; function: OfferedTool }>;
}

export interface ScriptedModel {
	/** What a credential of n8n takes as Base URL. */
	readonly url: string;
	/** What the agent offered when it first asked. */
	readonly offered: OfferedTool[];
	/** What the tool answered, as the model got to read it. */
	readonly answers: string[];
	close(): Promise<void>;
}

/**
 * Takes the place of a language model behind OpenAI's chat interface. Asked for the first time, it calls
 * the only tool with the first of these arguments; told what came of it, with the next ones, or it says
 * so.
 */
export async function startScriptedModel(
	...calls: ReadonlyArray<Readonly<Record<string, unknown>>>
): Promise<ScriptedModel> {
	const offered: OfferedTool[] = [];
	const answers: string[] = [];
	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		if (request.method !== 'POST') return void response.writeHead(404).end();
		const { messages, tools = [] } = (await json(request)) as ChatRequest;
		const told = messages.findLast(({ role }) => role === 'tool');
		if (told) answers.push(JSON.stringify(told.content));
		else offered.push(...tools.map((tool) => tool.function));
		const [tool] = offered;
		const turn = messages.filter(({ role }) => role === 'tool').length;
		const toolArguments = calls[turn];
		const message =
			!toolArguments || !tool
				? { role: 'assistant', content: 'The mail is on its way.' }
				: { role: 'assistant', content: null, tool_calls: [callOf(tool, toolArguments, turn)] };
		response
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify(completionOf(message)));
	};
	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
	}).listen(0, LOOPBACK);
	await once(server, 'listening');
	return {
		url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/v1`,
		offered,
		answers,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

function callOf(
	{ name }: OfferedTool,
	toolArguments: Readonly<Record<string, unknown>>,
	turn: number,
) {
	return {
		id: `call_${turn + 1}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(toolArguments) },
	};
}

/** https://platform.openai.com/docs/api-reference/chat/object */
function completionOf(message: { tool_calls?: unknown }) {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}
