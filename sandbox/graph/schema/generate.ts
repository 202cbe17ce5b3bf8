import { writeFileSync } from 'node:fs';
import { buildSchema, SCHEMA_FILE, SCHEMA_NAME } from './build';

// Run after an update of @microsoft/microsoft-graph-types: npx tsx sandbox/graph/schema/generate.ts
writeFileSync(SCHEMA_FILE, buildSchema());
process.stdout.write(`${SCHEMA_NAME} written\n`);
