import { z } from 'zod';
import type { PipelineEvent } from '../../streams/events';
import { configurationSchema, eventSchemasOf, wallTime } from './eventSchemas';
import type { EventSchemas } from './eventSchemas';
import { JournalError } from './journalError';
import { JOURNAL_SCHEMA } from './journalEntry';
import type { JournalEntry, JournalHeader } from './journalEntry';
import { shortEvent } from './shortColumns';
import { setupSchema } from './runSetup';

/**
 * One line, its end included. Counts in events are numbers; no event holds a bigint. Throws a
 * `RangeError` for a number that is not finite: JSON would write `null`, which no reader accepts.
 */
export function lineOf(seq: number, wall: number, event: PipelineEvent): string {
  const json = JSON.stringify(shortEvent(event));
  if (json.includes('null')) refuseNonFinite(seq, event, event.type);
  return `{"seq":${seq},"wall":${wall},${json.slice(1)}\n`;
}

function refuseNonFinite(seq: number, value: unknown, name: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`event ${seq} holds ${value} in ${name}, which is no finite number`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) refuseNonFinite(seq, part, `${name}.${key}`);
}

export const headerLineOf = (header: JournalHeader): string => `${JSON.stringify(header)}\n`;

const headerSchema: z.ZodType<JournalHeader> = z.object({
  seq: z.literal(0),
  type: z.literal('journal'),
  schema: z.int().positive(),
  run: z.string(),
  wall: wallTime,
  pid: z.int().positive(),
  host: z.string(),
  versions: z.record(z.string(), z.string()),
  configuration: configurationSchema,
  setup: setupSchema.exactOptional(),
});

const envelope = z.object({ seq: z.int().positive(), wall: wallTime, type: z.string() });

/** Throws a `JournalError` where the line is no header of a journal that this version can read. */
export function headerIn(text: string, path: string): JournalHeader {
  const found = jsonIn(text);
  if (typeof found !== 'object' || found === null || !('type' in found)) throw noJournal(path);
  if (found.type !== 'journal' || !('schema' in found)) throw noJournal(path);
  const { schema } = found;
  if (typeof schema === 'number' && schema > JOURNAL_SCHEMA) {
    const writer = 'versions' in found ? ` (written by ${JSON.stringify(found.versions)})` : '';
    throw new JournalError(
      'JOURNAL_NEWER',
      path,
      `a journal of schema ${schema}${writer}; this version reads up to ${JOURNAL_SCHEMA}. ` +
        'Read it with the version of barometer that wrote it, or a later one.',
    );
  }
  const parsed = headerSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new JournalError(
    'JOURNAL_DAMAGED',
    path,
    `the header is damaged (${problemOf(parsed.error)}), and nothing can be read without it.`,
    1,
  );
}

/** An event, or what is wrong with the line. `schemas` are those of the run's own stages and edges. */
export function entryIn(
  text: string,
  schemas: EventSchemas = eventSchemasOf(),
): JournalEntry | string {
  const found = jsonIn(text);
  const outer = envelope.safeParse(found);
  if (!outer.success) {
    return found === undefined ? 'no JSON' : `no event of a journal (${problemOf(outer.error)})`;
  }
  const { seq, wall, type } = outer.data;
  if (!Object.hasOwn(schemas, type)) return `an event of the unknown type "${type}"`;
  const parsed = schemas[type as PipelineEvent['type']].safeParse(found);
  if (!parsed.success) return `no "${type}" event (${problemOf(parsed.error)})`;
  return { seq, wall, event: parsed.data };
}

/** Undefined where there is none: no JSON text says `undefined`. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const noJournal = (path: string): JournalError =>
  new JournalError(
    'JOURNAL_INVALID',
    path,
    'not a journal: its first line is not the header that `barometer replay --journal` writes.',
    1,
  );

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'of the wrong shape';
  const where = issue.path.join('.');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}
