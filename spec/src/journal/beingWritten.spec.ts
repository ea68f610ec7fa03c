import { appendFileSync, writeFileSync } from 'node:fs';
import { foldJournal, openJournal } from '../../../src/journal';
import { finished, fold } from '../metrics/given';
import { folder, journalText, windows } from './given';

const path = folder();
const events = [...windows(3), finished()];
const text = journalText(events);

describe('a journal that is being written right now', () => {
  it('is read as far as it goes, and further the next time', async () => {
    const file = path('growing.ndjson');
    const half = Math.floor(text.length / 2);
    writeFileSync(file, text.slice(0, half));
    const first = await foldJournal(file);
    appendFileSync(file, text.slice(half));
    const second = await foldJournal(file, { from: first });
    expect(first.seq).toBeLessThan(events.length);
    expect(second).toMatchObject({ seq: events.length, damaged: [] });
    expect(second.state).toEqual(fold(events));
  });

  it('is followed, piece by piece, wherever a piece ends', async () => {
    const file = path('followed.ndjson');
    const pieces = text.match(/[^]{1,777}/g) ?? [];
    writeFileSync(file, pieces.shift() ?? '');
    const stop = new AbortController();
    const { batches } = await openJournal(file, { follow: stop.signal });
    const seen: number[] = [];
    for await (const { entries } of batches) {
      seen.push(...entries.map(({ seq }) => seq));
      if (entries.at(-1)?.event.type === 'finished') stop.abort();
      else appendFileSync(file, pieces.shift() ?? '');
    }
    expect(seen).toEqual(events.map((_, index) => index + 1));
  });
});
