import { DuckDBInstance } from '@duckdb/node-api';
import { foldJournal, readTimings, record, TimingRecorder } from '../../../src/journal';
import type { RecordOptions } from '../../../src/journal';
import { replay } from '../../../src/replay';
import type { ReplayOptions } from '../../../src/replay';
import { buildReport } from '../../../src/report';
import { fromTicks } from '../../../streams/sources';
import type { Strategy } from '../../../streams';
import { folder, minute } from './given';

const path = folder();

function* trades(minutes: number) {
  for (let n = 0; n < minutes; n += 1) {
    for (const symbol of ['SPY', 'QQQ']) {
      yield { symbol, time: minute(n) + 1_000_000, price: 100 + (n % 7), size: 1 };
    }
  }
}

const quiet = (name: string, intervals: readonly string[]): Strategy => ({
  name,
  intervals,
  onBar: () => undefined,
});

const options: ReplayOptions = {
  derive: ['5m'],
  strategies: [quiet('short', ['1m', '5m']), quiet('long', ['5m'])],
  speed: 60_000,
  serviceTimes: { processor: 0.25, analysis: 0.75 },
};

async function journalled(name: string, more: RecordOptions = {}, minutes = 600) {
  const timings = more.timings;
  const itemMeter = timings === undefined ? {} : { itemMeter: timings };
  const run = replay(fromTicks(trades(minutes)), { ...options, ...itemMeter });
  const { closed } = record(run, { directory: path(name), ...more });
  const report = await run.start().done;
  return { report, recorded: await closed };
}

describe('record', () => {
  it.each([{}, { gzip: true }, { fsync: true }])(
    'keeps a run of which the whole report can be had again, %j',
    async (how) => {
      const { report, recorded } = await journalled('run', how);
      const { state, damaged, header } = await foldJournal(recorded.path);
      expect(damaged).toEqual([]);
      expect(header).toMatchObject({ run: report.run.id, schema: 1, pid: process.pid });
      expect(Object.keys(header.versions)).toEqual(['barometer', 'node', 'rxjs']);
      expect(buildReport(state)).toEqual(report);
      expect(recorded).toMatchObject({ missing: 0 });
    },
  );

  it('holds the run while the disk is behind, and the run says so', async () => {
    const { report, recorded } = await journalled('held', { highWaterMark: 1 }, 12_000);
    expect(report.run.heldMs).toBeGreaterThan(0);
    expect(report.edges['coordinator-processor'].delivered).toBe('24000');
    expect(buildReport((await foldJournal(recorded.path)).state)).toEqual(report);
  });

  it('is plain data: DuckDB reads it as it is', async () => {
    const { report, recorded } = await journalled('plain');
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(
      `SELECT edge, sum(coalesce(count, list_sum(delivered)))::BIGINT::VARCHAR
       FROM read_json_auto('${recorded.path.replaceAll("'", "''")}')
       WHERE type IN ('delivered', 'counts') GROUP BY edge ORDER BY edge`,
    );
    expect(reader.getRows()).toEqual(
      (['coordinator-processor', 'processor-analysis'] as const).map((edge) => [
        edge,
        report.edges[edge].delivered,
      ]),
    );
    connection.closeSync();
  });

  it('keeps what every item cost beside it, on request', async () => {
    const timings = new TimingRecorder();
    const { report, recorded } = await journalled('timed', { timings });
    const timed = readTimings(recorded.timings ?? '');
    const { items, updates, parts } = timed;
    const bars = items.series.filter((series) => series !== -1);
    const { edges, stages } = report;
    expect(timed).toMatchObject({
      run: report.run.id,
      strategies: ['short', 'long'],
      intervals: ['1m', '5m'],
    });
    expect(String(bars.length)).toBe(edges['coordinator-processor'].delivered);
    expect(String(updates.length)).toBe(edges['processor-analysis'].delivered);
    expect(new Set(items.service)).toEqual(new Set([0.25]));
    expect(new Set(updates.service)).toEqual(new Set([0.75]));
    // The two last bars of each length are unfinished, and wake nobody.
    expect(parts.length).toBe(1198 + 2 * 238);
    const { short, long } = stages.analysis.strategies;
    const tookOf = (strategy: number): number =>
      parts.took.reduce((sum, ms, part) => (parts.strategy[part] === strategy ? sum + ms : sum), 0);
    expect(tookOf(0)).toBeCloseTo(short?.totalMs ?? 0, 3);
    expect(tookOf(1)).toBeCloseTo(long?.totalMs ?? 0, 3);
  });

  it('knows which item caused which update', async () => {
    const timings = new TimingRecorder();
    const { recorded } = await journalled('caused', { timings });
    const { items, updates, series } = readTimings(recorded.timings ?? '');
    const nameOf = (index = -1): string => series[index]?.interval ?? 'watermark';
    const pairs = Array.from(updates.cause, (cause, row) => {
      const caused = nameOf(updates.series[row]);
      return `${nameOf(items.series[cause])} causes ${caused}`;
    });
    expect(new Set(pairs)).toEqual(new Set(['1m causes 1m', 'watermark causes 5m']));
    const times = items.time.map((time) => time / 60_000_000);
    expect([...times]).toEqual([...times].sort((a, b) => a - b));
    expect(items.due[0]).toBeLessThan(items.due.at(-1) ?? 0);
  });
});
