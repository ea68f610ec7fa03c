import { EventEmitter } from 'node:events';
import fs, { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { gzipSync } from 'node:zlib';
import * as arrow from 'apache-arrow';
import { openFiles, SourceError } from '../../streams/sources';
import { foldJournal, record } from '../../src/journal';
import { replay } from '../../src/replay';
import { buildReport, renderText } from '../../src/report';
import type { Report } from '../../src/report';
import { reportOfJournal } from '../../src/views/reportOfJournal';
import { barometer, folder, TICKS } from '../src/cli/barometer';
import { header, journalText, windows } from '../src/journal/given';
import { readRows } from '../streams/sources/readAll';
import { zipFile } from '../streams/sources/zipFile';
import { fold, finished, started, windowOf } from '../src/metrics/given';
import { randomOf, SEED } from './moments';

const { path, file } = folder();
const replaying = (input: string, ...more: string[]): string[] => [
  ...['replay', input, '--quiet', '--journal', 'none'],
  ...more,
];
beforeAll(() => {
  file('ticks.csv', TICKS);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a temporary folder', () => {
  const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  });

  it.each([
    ['that is missing', () => path('nowhere'), 'ENOENT'],
    ['that is a file', () => file('a file', ''), 'ENOTDIR'],
  ])('%s is named, with what to do', async (_what, place, found) => {
    // Makes its folder of journals.
    await barometer(['formats']);
    jest.spyOn(os, 'tmpdir').mockReturnValue(place());
    const { code, stderr } = await barometer(replaying(path('ticks.csv')));
    expect([code, stderr]).toEqual([
      3,
      `barometer: ${place()}: no temporary folder can be made here (${found}). ` +
        'Set TMPDIR to a folder with room.\n',
    ]);
  });

  it('that is full is not the fault of the zip that is unpacked into it', async () => {
    const input = file('ticks.zip', zipFile({ 'ticks.csv': TICKS }));
    jest.spyOn(fs, 'createWriteStream').mockImplementation(() => {
      const { Writable } = jest.requireActual<typeof import('node:stream')>('node:stream');
      return new Writable({
        write: (_chunk, _encoding, done) => {
          done(noSpace);
        },
      }) as fs.WriteStream;
    });
    const { code, stderr } = await barometer(replaying(input));
    expect([code, stderr]).toEqual([
      3,
      `barometer: ${input}: the temporary folder takes no more (ENOSPC). ` +
        'Make room, or set TMPDIR to a folder with room.\n',
    ]);
  });
});

describe('what is packed twice', () => {
  const packed = (): Buffer => gzipSync(TICKS);
  it.each([
    ['gzip in a zip', () => zipFile({ 'ticks.csv.gz': packed() }), 'gzip'],
    ['gzip in gzip', () => gzipSync(packed()), 'gzip'],
    ['a zip in gzip', () => gzipSync(zipFile({ 'ticks.csv': TICKS })), 'a zip'],
    ['Parquet in gzip', () => gzipSync(Buffer.from('PAR1 and so on')), 'Parquet'],
  ])('%s is named as what it is', async (_what, content, inner) => {
    const input = file('twice.csv.gz', content());
    const { code, stderr } = await barometer(replaying(input));
    expect([code, stderr]).toEqual([3, expect.stringContaining(`is ${inner} again`)]);
  });
});

describe('numbers', () => {
  it.each(['1_000', '+5', '1e3', '.5', '5.', '0x10', '1,5', 'inf', 'NaN', '１', '--1', '1 000'])(
    '%s is read, or refused, the same in every way of reading',
    async (literal) => {
      const rows = [`1700000000,A,1`, `1700000060,A,"${literal}"`, `1700000120,A,2`];
      const csv = `time,symbol,price\n${rows.join('\n')}\n`;
      const input = file('numbers.csv', csv);
      const pricesOf = async (options: object): Promise<unknown> => {
        try {
          const [source] = await openFiles([input], options);
          return (await readRows(source?.batches() ?? [])).map(({ close }) => close);
        } catch (error) {
          return (error as SourceError).code;
        }
      };
      const strict = await pricesOf({});
      const skipping = await pricesOf({ badRows: 'skip' });
      // Another reader altogether: it takes lines that are no CSV of DuckDB's.
      const byHand = await pricesOf({ badRows: 'skip', comment: '#' });
      expect(skipping).toEqual(byHand);
      if (strict === 'SOURCE_BAD_ROW') expect(skipping).toEqual([1, 2]);
      else expect(skipping).toEqual(strict);
    },
  );
});

describe('escape sequences from data', () => {
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  const EVIL = '\u001b[2J\u001b]0;pwn\u0007\u009b31m\u202e';

  it('never reach a terminal: not from symbols, strategies, errors, journals and file names', async () => {
    const name = JSON.stringify(`s${EVIL}`);
    const strategy = file(
      'evil.js',
      `module.exports = { name: ${name}, onBar() { throw new Error(${name}); } };`,
    );
    const input = file(`t${EVIL.replaceAll('/', '')}.csv`, TICKS.replaceAll('AAA', `A${EVIL}`));
    const journal = path('evil.ndjson');
    const said = [
      await barometer(['replay', input, '--quiet', '--strategy', strategy, '--journal', journal]),
      await barometer(['inspect', input]),
      await barometer(['status', journal]),
      await barometer(['report', journal]),
      await barometer(['watch', journal]),
      await barometer(['diff', journal, journal]),
      await barometer(['runs', '--dir', path('.')]),
      await barometer(['capacity', input, '--strategy', strategy]),
      await barometer(['replay', `gone${EVIL}.csv`]),
      await barometer(['replay', input, '--strategy', `gone${EVIL}`]),
    ];
    for (const { stdout, stderr } of said) {
      expect(stdout).not.toMatch(CONTROL);
      expect(stderr).not.toMatch(CONTROL);
    }
    expect(said[0]?.stdout).toContain('\\x1b[2J');
  });
});

describe('the list of runs', () => {
  it('shows every other run, whatever one journal is', async () => {
    mkdirSync(path('runs'));
    const good = journalText(windows(3));
    const [first = '', ...lines] = good.split('\n');
    const ofWall = (wall: number): string => first.replace(/"wall":\d+/, `"wall":${wall}`);
    const files = {
      good,
      'far future': [ofWall(1e300), ...lines].join('\n'),
      'far market time': good.replace(/"marketTime":\d+/g, '"marketTime":1e300'),
      'long line': `${first}\n`,
      'no journal': 'hello\n',
      empty: '',
    };
    for (const [name, text] of Object.entries(files)) file(`runs/${name}.ndjson`, text);
    // Without a line feed, and without a place on the disk.
    truncateSync(path('runs/long line.ndjson'), 1e9);
    mkdirSync(path('runs/folder.ndjson'));
    symlinkSync(path('runs/gone'), path('runs/link.ndjson'));
    const before = process.memoryUsage().rss;
    const { code, stdout } = await barometer(['runs', '--dir', path('runs')]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('run-1')]);
    for (const name of ['far future', 'no journal', 'empty']) expect(stdout).toContain(name);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    const status = await barometer(['status', path('runs/far market time.ndjson')]);
    expect(status.stdout + status.stderr).toMatch(/damaged line|marketTime/);
  });
});

describe('Arrow files', () => {
  it(`a damaged byte anywhere is told with the file, exit code 3, or changes a value (seed ${SEED})`, async () => {
    const table = new arrow.Table({
      ts: arrow.makeVector(BigInt64Array.from([1n, 2n, 3n], (n) => 1_700_000_000_000_000n + n)),
      price: arrow.makeVector(Float64Array.from([1, 2, 3])),
    });
    const whole = Buffer.from(arrow.tableToIPC(table, 'file'));
    const random = randomOf(SEED);
    let refused = 0;
    for (let n = 0; n < 150; n += 1) {
      const content = Buffer.from(whole);
      const at = Math.floor(random() * content.length);
      content[at] = (content[at] as number) ^ (1 << Math.floor(random() * 8));
      const input = file('flipped.arrow', content);
      try {
        const [source] = await openFiles([input], { symbol: 'X' });
        await readRows(source?.batches() ?? []);
      } catch (error) {
        refused += 1;
        expect(error).toBeInstanceOf(SourceError);
        expect((error as SourceError).message).toContain(input);
      }
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe('signals', () => {
  it('what a strategy counts is in the output, however many a bar', async () => {
    const [first = '', ...rows] = TICKS.split('\n');
    const input = file('short.csv', [first, ...rows.slice(0, 400), ''].join('\n'));
    const strategy = file(
      'many.js',
      "module.exports = { name: 'many', onBar: () => new Array(130000).fill({ side: 'buy' }) };",
    );
    const out = path('many.csv');
    const argv = ['--json', '--strategy', strategy, '--out-signals', out];
    const { code, stdout } = await barometer(replaying(input, ...argv));
    const { signals } = JSON.parse(stdout) as Report;
    expect([code, Number(signals) % 130_000]).toEqual([0, 0]);
    expect(Number(signals)).toBeGreaterThan(300_000);
    let ends = 0;
    for (const byte of readFileSync(out)) if (byte === 10) ends += 1;
    expect(ends).toBe(Number(signals) + 1);
  });

  it('what a signal has besides is an error of the strategy', async () => {
    const strategy = file(
      'extra.js',
      "module.exports = { name: 'extra', onBar: () => ({ side: 'buy', f() {} }) };",
    );
    const out = path('extra.csv');
    const argv = replaying(path('ticks.csv'), '--strategy', strategy, '--out-signals', out);
    const { code, stdout } = await barometer(argv);
    expect(code).toBe(1);
    expect(stdout).toContain('extra');
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

describe('a report', () => {
  it('of a run that was stopped at once has no NaN in it', () => {
    const stopped = [started({ threads: 3, time: 'wall' }), windowOf(0), finished('stopped')];
    const report = buildReport(fold(stopped));
    expect(renderText(report)).not.toMatch(/NaN|Infinity|undefined/);
    expect(JSON.stringify([report.run, report.stages, report.edges])).not.toContain('null');
  });

  it('does not mind service times of another run beside its journal', async () => {
    const [one, other] = [path('one.ndjson'), path('other.ndjson')];
    for (const journal of [one, other]) {
      await barometer(['replay', path('ticks.csv'), '--quiet', '--journal', journal]);
    }
    writeFileSync(path('one.timings'), readFileSync(path('other.timings')));
    const { code, stdout } = await barometer(['report', one, '--json']);
    expect([code, (JSON.parse(stdout) as Report).run.outcome]).toEqual([0, undefined]);
    const capacity = await barometer(['capacity', one]);
    expect([capacity.code, capacity.stderr]).toEqual([
      3,
      expect.stringContaining('beside the journal of run'),
    ]);
  });
});

describe('a run that failed', () => {
  it.each([
    ['simulated', 'clock'],
    ['simulated', 'data'],
    ['wall', 'clock'],
    ['wall', 'data'],
  ] as const)('%s, %s-driven: its journal reads back as its report', async (time, mode) => {
    let bars = 0;
    const onBar = (): { side: 'buy' } => {
      bars += 1;
      if (bars === 10) throw new Error('ill');
      return { side: 'buy' };
    };
    const [source] = await openFiles([path('ticks.csv')]);
    const options = { time, mode, speed: 6000, strict: true, strategies: [{ name: 'ill', onBar }] };
    const run = replay(source === undefined ? [] : [source], { ...options, bars: '10s' });
    const recording = record(run, { directory: path('failed') });
    await expect(run.start().done).rejects.toThrow('ill');
    const folded = await foldJournal((await recording.closed).path);
    expect(folded.damaged).toEqual([]);
    const asJson = (report: Report): unknown => JSON.parse(JSON.stringify(report));
    expect(asJson(reportOfJournal(folded))).toEqual(asJson(run.report()));
    expect(run.report().run).toMatchObject({ outcome: 'failed' });
  });
});

describe('capacity', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('stopped by %s before anything was processed exits with %i', async (signal, exit) => {
    const signals = new EventEmitter();
    signals.on('newListener', (event) => {
      if (event === signal) setImmediate(() => signals.emit(signal));
    });
    const { code } = await barometer(['capacity', path('ticks.csv')], { signals });
    expect(code).toBe(exit);
  });
});

describe('a header', () => {
  it('of a journal holds a process id, and no number that no clock shows', async () => {
    const input = file('header.ndjson', journalText([started()], header({ wall: 8.64e15 + 1 })));
    const { code, stderr } = await barometer(['status', input]);
    expect([code, stderr]).toEqual([3, expect.stringContaining('the header is damaged (wall')]);
  });
});
