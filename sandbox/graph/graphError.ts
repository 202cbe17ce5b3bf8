import type { FastifyRequest } from 'fastify';

export interface GraphFailure {
	readonly code: string;
	readonly message: string;
}

/** Graph's refusal of a request, thrown where it is found and answered in one place. */
export class GraphRefusal extends Error implements GraphFailure {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
		this.name = 'GraphRefusal';
	}
}

export function clientRequestIdOf(request: FastifyRequest): string | undefined {
	const value = request.headers['client-request-id'];
	return typeof value === 'string' ? value : undefined;
}

/** @cites errorBody */
export function graphErrorBody({ code, message }: GraphFailure, request: FastifyRequest) {
	return {
		error: {
			code,
			message,
			innerError: {
				date: new Date().toISOString().slice(0, 19),
				'request-id': request.id,
				'client-request-id': clientRequestIdOf(request) ?? request.id,
			},
		},
	};
}
