import { hostname } from 'node:os';
import type { PipelineEvent } from '../../streams/events';
import { isProcessAlive } from '../../streams/isProcessAlive';
import { eventSchemasOf } from './eventSchemas';
import type { EventSchemas } from './eventSchemas';
import { headOf, journalEnds } from './journalEnds';
import { JournalError } from './journalError';
import type { JournalEntry, JournalHeader } from './journalEntry';
import { entryIn, headerIn } from './journalLine';
import { checkRegularFile } from './regularFile';

type EventOf<T> = Extract<PipelineEvent, { readonly type: T }>;

/** What the two ends of a journal tell without reading it all. */
interface JournalSummary {
  readonly path: string;
  /** Of the file at present. */
  readonly bytes: number;
  readonly header: JournalHeader;
  /** The latest whole event; undefined where there is none yet. */
  readonly last?: JournalEntry;
  /** The latest that tells how far the input was read, if it is near the end. */
  readonly ingested?: EventOf<'ingested'>;
  /** How fast it could go, if its end says so. */
  readonly speeds?: EventOf<'speeds'>;
}

/** `interrupted`: its process is gone, and had not come to the end. */
export type Liveness = 'running' | 'interrupted' | 'finished';

/** Throws a `JournalError` where there is no journal, or nothing in it yet. */
export async function peekJournal(path: string): Promise<JournalSummary> {
  const { head, tail, bytes } = await journalEnds(path);
  const header = headerAt(head, path);
  const schemas = eventSchemasOf(header.configuration.topology);
  const last = latest(tail, schemas, () => true);
  const latestOf = (type: PipelineEvent['type']): PipelineEvent | undefined =>
    latest(tail, schemas, (line) => line.includes(`"type":"${type}"`))?.event;
  const [ingested, speeds] = [latestOf('ingested'), latestOf('speeds')];
  return {
    path,
    bytes,
    header,
    ...(last === undefined ? {} : { last }),
    ...(ingested?.type === 'ingested' ? { ingested } : {}),
    ...(speeds?.type === 'speeds' ? { speeds } : {}),
  };
}

/** The header of a journal that is not compressed. Throws as `peekJournal` does. */
export const headerOf = (path: string): JournalHeader =>
  headerAt(headOf(path, checkRegularFile(path).size), path);

function headerAt(head: string, path: string): JournalHeader {
  const end = head.indexOf('\n');
  if (head === '' || (end === -1 && head.startsWith('{"seq":0,"type":"journal"'))) {
    throw new JournalError('JOURNAL_EMPTY', path, 'nothing has been written to it yet.');
  }
  return headerIn(end === -1 ? head : head.slice(0, end), path);
}

function latest(
  lines: readonly string[],
  schemas: EventSchemas,
  fits: (line: string) => boolean,
): JournalEntry | undefined {
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const line = lines[i] as string;
    const entry = fits(line) ? entryIn(line, schemas) : '';
    if (typeof entry !== 'string') return entry;
  }
  return undefined;
}

/** Whether a run is still under way; on another machine nobody can tell, so it is if it did not end. */
export function livenessOf(header: JournalHeader, hasFinished: boolean): Liveness {
  if (hasFinished) return 'finished';
  return header.host !== hostname() || isProcessAlive(header.pid) ? 'running' : 'interrupted';
}
