import { z } from 'zod';
import { capacitySchema } from './capacity';
import { reportAtSchema } from './report';
import {
  checkSchema,
  diffSchema,
  formatsSchema,
  inspectSchema,
  mergeSchema,
  pruneSchema,
  runsSchema,
  statusSchema,
  strategiesSchema,
  sweepSchema,
} from './views';

/** The schema of each command's `--json`; `report` is that of replay and live too. */
export const SCHEMAS = {
  report: reportAtSchema,
  capacity: capacitySchema,
  check: checkSchema,
  status: statusSchema,
  diff: diffSchema,
  runs: runsSchema,
  'runs-prune': pruneSchema,
  sweep: sweepSchema,
  merge: mergeSchema,
  inspect: inspectSchema,
  formats: formatsSchema,
  strategies: strategiesSchema,
} as const;
export type SchemaName = keyof typeof SCHEMAS;

/** Within a version, fields are only ever added. */
export const SCHEMA_VERSION = 1;

/**
 * A command's output as JSON Schema 2020-12. Other fields may be added within the version, so they are
 * allowed unless `strict`.
 */
export function jsonSchemaOf(name: SchemaName, strict = false): Record<string, unknown> {
  const schema = z.toJSONSchema(SCHEMAS[name], { io: strict ? 'output' : 'input' });
  return {
    $id: `urn:barometer:v${SCHEMA_VERSION}:${name}`,
    title: `barometer ${name.replace('-', ' ')} --json`,
    ...schema,
  };
}
