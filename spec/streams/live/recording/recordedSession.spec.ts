import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseInterval } from '../../../../streams/bars/interval';
import type { FeedEvent } from '../../../../streams/feedEvents';
import { addTally, noTally } from '../../../../streams/live/feedTally';
import type { LiveBatch } from '../../../../streams/live/liveBatch';
import { recordingRows } from '../../../../streams/live/recording/recordingRows';
import { RecordingWriter } from '../../../../streams/live/recording/recordingWriter';
import { repetitions } from '../../../support/properties';
import { MS, playSession, POLICIES, SESSIONS, START, ticksIngress } from '../support/randomSession';

const folder = mkdtempSync(join(tmpdir(), 'barometer recorded '));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const NAMES = ['one', 'two'];
const HEADER = JSON.stringify({
  version: 1,
  sources: NAMES.map((name) => ({ name, format: 'ticks' })),
  graceMs: 250,
  staleMs: 30_000,
});

/** Rows with what is missing before each, and marks with what their windows lack, no matter how they were batched. */
function shown(batches: readonly LiveBatch[]): unknown[] {
  return batches.flatMap(({ time, symbol, symbols, received, origin, id, gap, mark }) => {
    const rows: unknown[] = Array.from(time, (at, i) => [
      symbols[symbol[i] as number],
      at,
      received[i],
      origin[i],
      id[i],
      gap?.[i] ?? 0,
    ]);
    if (mark === undefined) return rows;
    const { lost } = mark;
    const lacks = lost.map(({ symbol: name, end, rows: n }) => `${name} ${end} ${n}`).sort();
    return [...rows, { ...mark, lost: lacks }];
  });
}

/** Totals, and what else happened, without the run's time. */
function counted(events: readonly FeedEvent[]) {
  const total = noTally();
  const notes: unknown[] = [];
  for (const event of events) {
    if (event.type === 'feed') addTally(total, event.counts);
    else notes.push({ ...event, at: 0 });
  }
  return { total, notes };
}

test('the recording of any session has the rows, marks, gaps and counts of the session', async () => {
  let files = 0;
  await fc.assert(
    fc.asyncProperty(
      SESSIONS,
      POLICIES,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(['1s'], ['tick'], ['tick', '2s'], ['1s', '3s']),
      fc.constantFrom('txt', 'gz'),
      async (steps, overflow, capacity, names, suffix) => {
        const path = join(folder, `${(files += 1)}.${suffix}`);
        const intervals = names.map((name) => parseInterval(name));
        let now = START;
        const writer = new RecordingWriter({
          path,
          now: () => now,
          onFailure: (reason) => {
            throw new Error(reason);
          },
        });
        writer.write(0, START, { kind: 'header', json: HEADER });
        const ingress = ticksIngress({
          names: NAMES,
          overflow,
          capacity,
          intervals,
          onLost: (ordinal, why) => {
            writer.lose(ordinal, why);
          },
        });
        const batches: LiveBatch[] = [];
        playSession(ingress, steps, (taken, { source, at, entry }) => {
          now = at;
          writer.write(source, at, entry);
          batches.push(...taken);
        });
        const end = now + 5_000 * MS;
        ingress.advance(end);
        for (let some = ingress.take(512); some !== undefined; some = ingress.take(512)) {
          batches.push(some);
        }
        await writer.end(end);
        const first = counted(ingress.takeEvents(end, true));

        const again = recordingRows(path, { intervals });
        const replayed: LiveBatch[] = [];
        for await (const batch of again.batches()) replayed.push(batch as LiveBatch);
        expect(shown(replayed)).toEqual(shown(batches));
        expect(counted(again.live?.takeEvents(0, true) ?? [])).toEqual(first);
      },
    ),
    repetitions(60),
  );
});
