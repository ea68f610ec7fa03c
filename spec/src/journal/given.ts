import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import { openJournal, record } from '../../../src/journal';
import type { JournalEntry, JournalHeader, Recorded, RecordOptions } from '../../../src/journal';
import { headerLineOf, lineOf } from '../../../src/journal/journalLine';
import type { PipelineEvent } from '../../../streams/events';
import { backpressure, configuration, delivered, FIRST, SECOND } from '../metrics/given';
import { ingested, started, windowOf } from '../metrics/given';

/** A folder of its own for the files of a spec. */
export function folder(): (name: string) => string {
  let root: string | undefined;
  afterAll(() => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });
  return (name) => {
    root ??= mkdtempSync(join(tmpdir(), 'barometer journal '));
    return join(root, name);
  };
}

export const WALL = Date.UTC(2024, 7, 9);

export const header = (changes: Partial<JournalHeader> = {}): JournalHeader => ({
  seq: 0,
  type: 'journal',
  schema: 1,
  run: 'run-1',
  wall: WALL,
  pid: process.pid,
  host: hostname(),
  versions: { barometer: '0.0.0' },
  configuration,
  ...changes,
});

/** A journal's text; its events are heard of a second apart. */
export const journalText = (events: readonly PipelineEvent[], head = header()): string =>
  headerLineOf(head) +
  events.map((event, index) => lineOf(index + 1, WALL + (index + 1) * 1000, event)).join('');

export function journalFile(path: string, events: readonly PipelineEvent[]): string {
  writeFileSync(path, journalText(events));
  return path;
}

/** Epoch microseconds of a minute of the day. */
export const minute = (n: number): number => Date.UTC(2024, 7, 8) * 1000 + n * 60_000_000;

/** A run of some windows; market time advances by a minute in each. */
export function windows(count: number): PipelineEvent[] {
  return [
    started(),
    ...Array.from({ length: count }, (_, n) => [
      delivered(FIRST, 4, 'SPY'),
      backpressure(FIRST, 1, 1, 'SPY'),
      delivered(SECOND, n + 1, 'SPY'),
      ingested({ ticks: 10, base: 4, marketStart: minute(0), marketTime: minute(n + 1) }),
      windowOf(100, { processor: 50 }),
    ]).flat(),
  ];
}

/** Records events as a run would, and waits for the end of the journal. */
export function recorded(
  events: Iterable<PipelineEvent>,
  options: RecordOptions,
  hold: () => () => void = () => () => undefined,
): Promise<Recorded> {
  const events$ = new Subject<PipelineEvent>();
  const { closed } = record({ id: 'run-1', events$, hold }, options);
  for (const event of events) events$.next(event);
  events$.complete();
  return closed;
}

export async function entriesOf(path: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const { batches } = await openJournal(path);
  for await (const batch of batches) entries.push(...batch.entries);
  return entries;
}

export const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n');
