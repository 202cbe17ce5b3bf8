import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';

export function registerUploads(_server: FastifyInstance, _cloud: Cloud): void {}
