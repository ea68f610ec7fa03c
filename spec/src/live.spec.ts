import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { OptionError } from '../../operators';
import { live } from '../../src/live';
import type { LiveOptions } from '../../src/liveOptions';
import { replay } from '../../src/replay';
import type { Report } from '../../src/report';
import { openFiles } from '../../streams';
import type { Bar, PipelineEvent, RowSource } from '../../streams';
import type { LiveSource } from '../../streams/live/liveSource';
import { recordingLine } from '../../streams/live/recording/recordingLine';
import type { RecordingEntry } from '../../streams/live/recording/recordingLine';
import { describeWithSharedData, sharedData } from '../support/sharedData';

let folder: string | undefined;
const fileOf = (name: string, bytes: string | Buffer): string => {
  folder ??= mkdtempSync(join(tmpdir(), 'barometer live '));
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

const recording = (path: string): LiveSource => ({ kind: 'recording', name: 'session', path });

interface Played {
  readonly report: Report;
  readonly bars: readonly Bar[];
  readonly events: readonly PipelineEvent[];
}

async function play(path: string, options: LiveOptions = {}): Promise<Played> {
  const bars: Bar[] = [];
  const events: PipelineEvent[] = [];
  const run = live(recording(path), { time: 'simulated', bars: '1s', ...options });
  run.bars$.subscribe((bar) => bars.push(bar));
  run.events$.subscribe((event) => events.push(event));
  return { report: await run.start().done, bars, events };
}

/** Rows in bars and rows that are in none are all that was received. */
function expectConserved({ bars, feed }: Report): void {
  expect(feed).toBeDefined();
  const count = (name: keyof NonNullable<Report['feed']>) => Number(feed?.[name]);
  const lost = [
    'late',
    'duplicate',
    'implausible',
    'dropped',
    'bad',
    'other',
    'discarded',
  ] as const;
  expect(count('received')).toBe(
    Number(bars.ticks) + lost.reduce((sum, name) => sum + count(name), 0),
  );
}

const START = 1_723_161_240_000_000;
const tick = (ms: number, id: number, symbol = 'A'): RecordingEntry => ({
  kind: 'frame',
  text: JSON.stringify({ symbol, time: START + ms * 1_000, price: id, size: 1, id }),
});
const HEADER: RecordingEntry = {
  kind: 'header',
  json: JSON.stringify({
    version: 1,
    sources: [{ name: 'venue', format: 'ticks' }],
    graceMs: 250,
    staleMs: 30_000,
  }),
};
const session = (entries: readonly (readonly [ms: number, entry: RecordingEntry])[]): string =>
  entries.map(([ms, entry]) => recordingLine(START + ms * 1_000, entry)).join('');

describe('live, of a recording', () => {
  const entries: [number, RecordingEntry][] = [
    [0, HEADER],
    [1, { kind: 'open' }],
    [100, tick(90, 1)],
    [200, tick(195, 2)],
    [300, tick(295, 3)],
    [310, { kind: 'frame', text: '{"symbol":' }],
    [320, { kind: 'bytes' }],
    [400, tick(395, 6)],
    [410, tick(405, 6)],
    [500, { kind: 'close', reason: 'closed with code 1006' }],
    [900, { kind: 'open' }],
    [950, tick(940, 7)],
    [1_100, tick(1_095, 8)],
    [1_300, tick(980, 9)],
    [2_000, { kind: 'drop', from: 1, to: 1 }],
    [2_500, { kind: 'end' }],
  ];

  test('has the counts of the session', async () => {
    const { report, bars } = await play(fileOf('session.txt', session(entries)));
    expect(report.feed).toMatchObject({
      received: '10',
      late: '1',
      duplicate: '1',
      missing: '2',
      gaps: '1',
      dropped: '1',
      bad: '2',
      reconnects: '1',
      firstGaps: ['A: 2 missing, id 4 to 5, of venue'],
      bySource: { venue: { reconnects: '1', skewMs: -5 } },
      bySymbol: { A: { received: '8', missing: '2' } },
    });
    expectConserved(report);
    // The dropped row, and the missing ones, which a later row told of.
    expect(bars.map(({ count, gap }) => [count, gap])).toEqual([
      [4, 3],
      [1, undefined],
    ]);
  });

  test('closes windows at the instants of the rule', async () => {
    const path = fileOf('session.txt', session(entries));
    const { events } = await play(path, { batch: { count: 1 } });
    const first = events.flatMap((event) =>
      event.type === 'delivered' && event.edge === 'coordinator-processor' ? [event.at] : [],
    );
    expect(first).toEqual([1_255, 2_255]);
  });

  test('is the same each time, whatever runs the stages', async () => {
    const path = fileOf('session.txt', session(entries));
    const serviceTimes = { processor: 1, analysis: 2 };
    const told = async (engine: 'auto' | 'operators' = 'auto') => {
      const { events } = await play(path, { serviceTimes, id: 'x', stopwatch: () => 0, engine });
      return events.filter(({ type }) => !['started', 'finished', 'conditions'].includes(type));
    };
    const first = await told();
    expect(await told()).toEqual(first);
    expect(await told('operators')).toEqual(first);
  });

  test('leaves windows open that the session did not close', async () => {
    const early = session(entries.slice(0, 8));
    const { report, bars } = await play(fileOf('early.txt', early));
    expect({ bars, ticks: report.bars.ticks }).toEqual({ bars: [], ticks: '4' });
    expectConserved(report);
  });

  test('is read to where it was cut off', async () => {
    const many = session([
      [0, HEADER],
      ...Array.from({ length: 5_000 }, (_, i): [number, RecordingEntry] => [
        i * 10,
        tick(i * 10, i),
      ]),
    ]);
    const whole = await play(fileOf('whole.gz', gzipSync(many)));
    const cut = await play(fileOf('cut.gz', gzipSync(many).subarray(0, -2_000)));
    expect(cut.bars.length).toBeGreaterThan(5);
    expect(cut.bars.length).toBeLessThan(whole.bars.length);
    expect(cut.bars).toEqual(whole.bars.slice(0, cut.bars.length));
    expect(cut.report.feed?.bad).toBe('0');
  });

  test('ends after the time that was given', async () => {
    const { report, bars } = await play(fileOf('session.txt', session(entries)), {
      duration: 1_270,
    });
    expect({ bars: bars.length, late: report.feed?.late }).toEqual({ bars: 1, late: '0' });
  });

  test('refuses what a feed as the clock leaves no choice of', () => {
    const source = recording('x');
    const code: LiveSource = {
      kind: 'code',
      name: 'code',
      reading: { format: 'ticks' },
      open: () => () => undefined,
    };
    for (const [options, sources = source] of [
      [{ mode: 'data' }],
      [{ speed: 2 }],
      [{ grace: -1 }],
      [{ ingress: 0 }],
      [{ record: 'x.gz' }],
      [{ from: 5 }],
      [{ time: 'simulated' }, code],
      [{ ingressOverflow: 'conflate' }, code],
      [{}, [code, code]],
      [{}, [code, source]],
    ] as [LiveOptions, LiveSource | LiveSource[] | undefined][]) {
      expect(() => live(sources, options)).toThrow(OptionError);
    }
    const run = live(source);
    expect(() => {
      run.setMode('data');
    }).toThrow(/which does not wait/);
    expect(() => {
      run.setSpeed(3);
    }).toThrow(OptionError);
  });

  test('fails for a file that is none', async () => {
    const run = live(recording(fileOf('none.txt', 'hello\n')), { time: 'simulated' });
    await expect(run.start().done).rejects.toThrow(/no line with a time of receipt/);
  });
});

describeWithSharedData('live, of a session that another program recorded', () => {
  const path = sharedData('binance-recorded/btcusdt_20240808.gz');

  test('has the bars that a replay has, where nothing is late', async () => {
    const { report, bars } = await play(path, { derive: ['1m'] });
    expect(report.feed).toMatchObject({ late: '0', missing: '0', other: '31492' });
    expectConserved(report);
    const replayed: Bar[] = [];
    const sources = await openFiles([path], { clock: 'exchange', badRows: 'skip' });
    const run = replay(sources, { bars: '1s', derive: ['1m'], mode: 'data' });
    run.bars$.subscribe((bar) => replayed.push(bar));
    await run.start().done;
    const closed = Math.max(...bars.map(({ end }) => end));
    const within = replayed.filter(({ end, complete }) => complete && end <= closed);
    expect(bars.length).toBeGreaterThan(300);
    expect(bars).toEqual(within);
  });

  test('loses what comes after its window closed, if none is left open for it', async () => {
    const { report } = await play(path, { grace: 0 });
    expect(report.feed?.late).toBe('314');
    expectConserved(report);
  });

  test('is a recording of ours with the same stamps', async () => {
    const lines = gunzipSync(readFileSync(path)).toString().split('\n').slice(0, 4_000);
    const theirs = await play(fileOf('theirs.txt', lines.join('\n')));
    const ours = lines.flatMap((line) =>
      /^\d{19} /.test(line)
        ? [recordingLine(Number(line.slice(0, 16)), { kind: 'frame', text: line.slice(20) })]
        : [],
    );
    const words = [
      recordingLine(START, { kind: 'open' }),
      ...ours,
      recordingLine(9e15, { kind: 'end' }),
    ];
    const written = fileOf('ours.gz', gzipSync(words.join('')));
    // A replay reads it as a file of frames; the first bad row would end it.
    const [file] = await openFiles([written], { clock: 'exchange' });
    await replay(file as RowSource, { bars: '1s', mode: 'data' }).start().done;
    expect(file?.counts().badRows).toBe(0);
    const again = await play(fileOf('frames.gz', gzipSync(ours.join(''))));
    expect(again.bars).toEqual(theirs.bars);
    expect(again.bars.length).toBeGreaterThan(10);
  });
});

describeWithSharedData('live, behind a history', () => {
  const lines = gunzipSync(readFileSync(sharedData('binance-recorded/btcusdt_20240808.gz')))
    .toString()
    .split('\n')
    .filter((line) => line.includes('"e":"trade"'))
    .slice(0, 1_500);
  const write = (name: string, from: number, to = lines.length): string =>
    fileOf(name, `${lines.slice(from, to).join('\n')}\n`);
  const idAt = (line: number): number => Number(/"t":(\d+)/.exec(lines[line] ?? '')?.[1]);

  let known: Bar[] | undefined;
  async function whole(): Promise<Bar[]> {
    if (known !== undefined) return known;
    const bars: Bar[] = [];
    const sources = await openFiles([write('all.txt', 0)], { clock: 'exchange' });
    const run = replay(sources, { bars: '1s', mode: 'data' });
    run.bars$.subscribe((bar) => bars.push(bar));
    await run.start().done;
    return (known = bars);
  }

  /** Cuts within a burst of trades with one time, at a window's end, early and late. */
  const cuts = [7, 400, 751, 752, 1_450];

  test.each(cuts.flatMap((cut) => [0, 200].map((overlap) => [cut, Math.min(overlap, cut)])))(
    'goes on by id at trade %d, with an overlap of %d',
    async (cut, overlap) => {
      const history = write('history.txt', 0, cut);
      const rest = write('rest.txt', cut - overlap);
      const { report, bars, events } = await play(rest, { historyFiles: [history] });
      expect(report.feed).toMatchObject({ duplicate: String(overlap), missing: '0', late: '0' });
      const closed = Math.max(...bars.map(({ end }) => end));
      expect(bars).toEqual((await whole()).filter(({ end }) => end <= closed));
      expect(events).toContainEqual(expect.objectContaining({ type: 'mode', mode: 'clock' }));
    },
  );

  test('names what is missing between the two', async () => {
    const history = write('history.txt', 0, 900);
    const { report } = await play(write('rest.txt', 949), { historyFiles: [history] });
    expect(report.feed).toMatchObject({
      missing: '49',
      gaps: '1',
      firstGaps: [expect.stringContaining(`BTCUSDT: 49 missing, id ${idAt(900)} to ${idAt(948)}`)],
    });
  });
});
