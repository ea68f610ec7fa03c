import { JournalError } from './journalError';
import type { JournalEntry, JournalHeader } from './journalEntry';
import { eventSchemasOf } from './eventSchemas';
import { entryIn, headerIn } from './journalLine';
import { lines } from './lines';
import type { Line, LinesOptions, JournalPlace } from './lines';

export interface ReadOptions extends LinesOptions {
  /** Notified of each line that makes no sense, and of each gap, which are then left out; thrown unless given. */
  readonly damaged?: ((error: JournalError) => void) | undefined;
}

/** Events that were read together, and where the journal goes on after them. */
export interface JournalBatch {
  readonly entries: readonly JournalEntry[];
  readonly after: JournalPlace;
}

export interface Journal {
  readonly path: string;
  readonly header: JournalHeader;
  /** Once. Returning early closes the file. */
  readonly batches: AsyncGenerator<JournalBatch>;
}

/**
 * Opens a journal, finished or not, compressed or not. Throws a `JournalError` where there is none,
 * nothing in it, or one of a newer schema; `batches` throws one that names each damaged line.
 */
export async function openJournal(path: string, options: ReadOptions = {}): Promise<Journal> {
  const head = lines(path);
  const first = (await head.next()).value as Line[] | undefined;
  await head.return(undefined);
  const line = first?.[0];
  if (line === undefined) {
    throw new JournalError(
      'JOURNAL_EMPTY',
      path,
      'nothing has been written to it yet, or the run was ended before it could be.',
    );
  }
  const header = headerIn(line.text, path);
  const after = options.after ?? { number: 1, bytes: line.end };
  return { path, header, batches: batches(path, header, { ...options, after }) };
}

async function* batches(
  path: string,
  { configuration }: JournalHeader,
  options: ReadOptions,
): AsyncGenerator<JournalBatch> {
  const schemas = eventSchemasOf(configuration.topology);
  const { damaged = raise } = options;
  const skip = options.after?.number ?? 0;
  let expected: number | undefined;
  for await (const chunk of lines(path, options)) {
    const entries: JournalEntry[] = [];
    let last: Line | undefined;
    for (const line of chunk) {
      last = line;
      if (line.number <= skip) continue;
      const entry = entryIn(line.text, schemas);
      if (typeof entry === 'string') {
        damaged(new JournalError('JOURNAL_DAMAGED', path, `damaged line: ${entry}`, line.number));
        if (expected !== undefined) expected += 1;
        continue;
      }
      if (expected !== undefined && entry.seq !== expected) {
        const text = `event ${expected} should stand here, but it is ${entry.seq}`;
        damaged(new JournalError('JOURNAL_DAMAGED', path, text, line.number));
      }
      expected = entry.seq + 1;
      entries.push(entry);
    }
    if (last !== undefined) yield { entries, after: { number: last.number, bytes: last.end } };
  }
}

function raise(error: JournalError): never {
  throw error;
}
