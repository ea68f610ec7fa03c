import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { readTimings, TimingRecorder } from '../../../src/journal';
import type { Bar } from '../../../streams';
import { fromBars } from '../../../streams/sources';
import { replay } from '../../../src/replay';
import { record } from '../../../src/journal';
import { folder, minute } from './given';

const path = folder();
const ROWS_OF_A_BLOCK = 8192;

/** The service times of so many one-minute bars: the n-th takes n microseconds. */
async function timed(count: number, name: string): Promise<string> {
  const timings = new TimingRecorder();
  function* all(): Generator<Bar> {
    const ohlc = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };
    for (let n = 0; n < count; n += 1) {
      yield { symbol: 'SPY', interval: '1m', start: minute(n), end: minute(n + 1), ...ohlc };
    }
  }
  let served = 0;
  const run = replay(fromBars(all(), { interval: 60_000_000 }), {
    speed: 60,
    serviceTimes: { processor: () => (served += 1) / 1000, analysis: 0 },
    itemMeter: timings,
  });
  const { closed } = record(run, { directory: path(name), timings });
  await run.start().done;
  return (await closed).timings ?? '';
}

describe('a file of service times', () => {
  it('has every row, exactly, over several blocks', async () => {
    const count = 2 * ROWS_OF_A_BLOCK + 100;
    const { items, updates } = readTimings(await timed(count, 'exact'));
    expect(items.length).toBeGreaterThanOrEqual(count);
    expect(updates.length).toBe(count);
    expect(items.service.every((service, row) => service === (row + 1) / 1000)).toBe(true);
    expect(updates.firstPart).toHaveLength(count + 1);
  });

  it('is read as far as it goes when its end is torn', async () => {
    const file = await timed(2 * ROWS_OF_A_BLOCK, 'torn');
    const { size } = { size: readFileSync(file).length };
    truncateSync(file, size - 1);
    const { items, updates } = readTimings(file);
    expect(items.length).toBeGreaterThanOrEqual(ROWS_OF_A_BLOCK);
    expect(updates.length).toBeLessThan(2 * ROWS_OF_A_BLOCK);
  });

  it('passes blocks of other kinds over', async () => {
    const file = await timed(10, 'other');
    const before = readTimings(file);
    const block = Buffer.alloc(24);
    block.writeUInt32LE(99, 0);
    writeFileSync(file, block, { flag: 'a' });
    expect(readTimings(file)).toEqual(before);
  });

  it('names damage, newer versions and what is no such file', async () => {
    const file = await timed(10, 'damaged');
    const bytes = readFileSync(file);
    const broken = Buffer.from(bytes);
    broken[bytes.length - 9] = (broken[bytes.length - 9] ?? 0) ^ 0xff;
    writeFileSync(file, broken);
    expect(() => readTimings(file)).toThrow(/the block at byte \d+ is damaged/);
    const newer = Buffer.from(bytes);
    newer.writeUInt32LE(2, 8);
    writeFileSync(file, newer);
    expect(() => readTimings(file)).toThrow(/version 2; this one reads up to 1/);
    writeFileSync(file, 'time,price\n');
    expect(() => readTimings(file)).toThrow(/no service times/);
    expect(() => readTimings(path('missing.timings'))).toThrow(/missing\.timings/);
  });
});
