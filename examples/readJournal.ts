// examples/readJournal.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildReport, fromTicks, replay } from 'barometer';
import { foldJournal, parsePointInTime, record } from 'barometer/journal';

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  const prices = [10, 11, 12, 11, 13];
  const run = replay(
    fromTicks(prices.map((price, s) => ({ symbol: 'SPY', time: s * 1e6, price }))),
    {
      bars: '1s',
    },
  );
  const recording = record(run, { directory });
  await run.start().done;
  const { path } = await recording.closed;

  const whole = await foldJournal(path);
  const earlier = await foldJournal(path, { at: parsePointInTime('seq:1') });
  console.log(`${buildReport(whole.state).bars.base} bars, at first ${earlier.state.bars.base}`);
  rmSync(directory, { recursive: true });
}

void main();

// prints:
// 5 bars, at first 0
