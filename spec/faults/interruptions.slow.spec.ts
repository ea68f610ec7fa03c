import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { foldJournal } from '../../src/journal';
import type { Report } from '../../src/report';
import { reportOfJournal } from '../../src/views/reportOfJournal';
import { bench, until } from './processes';
import type { Running } from './processes';
import { randomOf, repetitions, SEED } from './moments';

const { path, file, run, start } = bench();
const random = randomOf(SEED);

const WAYS = {
  'simulated, clock-driven': ['--speed=2000'],
  'simulated, data-driven': ['--mode=data'],
  'on the wall clock, clock-driven': ['--time=wall', '--speed=2000'],
  'on the wall clock, data-driven': ['--time=wall', '--mode=data'],
  'in threads, clock-driven': ['--threads', '--speed=2000'],
  'in threads, data-driven': ['--threads', '--mode=data'],
} as const;
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type StopSignal = keyof typeof SIGNALS;

interface Case {
  readonly number: number;
  readonly way: keyof typeof WAYS;
  readonly signal: StopSignal | 'SIGKILL';
  /** Milliseconds after the journal has begun. */
  readonly delay: number;
}

const casesOf = (count: number, signalOf: (n: number) => Case['signal']): Case[] =>
  Array.from({ length: count }, (_, n) => ({
    number: n,
    way: Object.keys(WAYS)[n % 6] as keyof typeof WAYS,
    signal: signalOf(n),
    delay: Math.floor(random() ** 2 * 2000),
  }));

beforeAll(async () => {
  const names = '--symbols=AAA,BBB,CCC,DDD,EEE';
  await run(['generate', names, '--minutes=60', '--rate=1', `--out=${path('ticks.csv')}`]);
  await run([
    'generate',
    '--symbols=AAA,BBB',
    '--minutes=5',
    '--rate=1',
    `--out=${path('short.csv')}`,
  ]);
  file('done.js', "module.exports = { name: 'calm', onBar: () => ({ side: 'buy' }) };");
  file(
    'failed.js',
    `let bars = 0;
     module.exports = { name: 'ill', onBar() { if (++bars === 100) throw new Error('ill'); } };`,
  );
  file(
    'work.js',
    `module.exports = { name: 'work', onBar() {
       const until = performance.now() + 0.7;
       while (performance.now() < until);
       return [{ side: 'buy' }, { side: 'sell', note: 'a,b' }];
     } };`,
  );
}, 120_000);

/** Starts a run and sends it the signal at its moment. */
async function interrupted({ number, way, signal, delay }: Case, prefix: string): Promise<Running> {
  const journal = path(`${prefix}${number}.ndjson`);
  const running = start([
    'replay',
    'ticks.csv',
    '--bars=1s',
    '--derive=5s',
    '--strategy=./work.js',
    '--quiet',
    '--json',
    `--journal=${journal}`,
    `--out-signals=${prefix}${number}.csv`,
    ...WAYS[way],
  ]);
  await until(() => existsSync(journal) && statSync(journal).size > 0, running);
  await new Promise((resolve) => setTimeout(resolve, delay));
  running.child.kill(signal);
  return running;
}

/** Without damage, and with nothing in it but what the report says. */
async function expectInJournal(name: string, report: Report): Promise<void> {
  const folded = await foldJournal(path(name));
  expect(folded.damaged).toEqual([]);
  expect(JSON.parse(JSON.stringify(reportOfJournal(folded)))).toEqual(report);
}

/** Rows of a CSV file without its header. */
const rowsIn = (name: string): number => readFileSync(path(name), 'utf8').split('\n').length - 2;

const sum = (counts: readonly string[]): string =>
  counts.reduce((total, count) => total + BigInt(count), 0n).toString();

/**
 * Clock-driven, what was handed over is served or discarded. Data-driven, what a gate held is
 * discarded without having been handed over.
 */
function expectConservation({ run, edges, stages }: Report): void {
  for (const [name, stage] of [
    ['coordinator-processor', stages.processor],
    ['processor-analysis', stages.analysis],
  ] as const) {
    const { delivered = '', dropped = '', discarded = '' } = edges[name] ?? {};
    const accounted = Number(sum([stage?.items ?? '', dropped, discarded]));
    if (run.mode === 'clock') expect([name, accounted]).toEqual([name, Number(delivered)]);
    else expect(accounted).toBeGreaterThanOrEqual(Number(delivered));
  }
}

describe('a run that ends by itself', () => {
  const CODES = { done: 0, failed: 1 } as const;
  const cases = (Object.keys(CODES) as (keyof typeof CODES)[]).flatMap((outcome) =>
    (Object.keys(WAYS) as (keyof typeof WAYS)[]).map((way) => [outcome, way] as const),
  );

  it.each(cases)(
    '%s, %s: its journal reads back, as its report where there is one',
    async (outcome, way) => {
      const journal = `${outcome} ${way}.ndjson`;
      const { code, stdout, stderr } = await run([
        ...['replay', 'short.csv', '--bars=1s', '--derive=5s', '--quiet', '--json', '--strict'],
        ...[`--strategy=./${outcome}.js`, `--journal=${journal}`],
        ...WAYS[way],
      ]);
      expect(code).toBe(CODES[outcome]);
      if (outcome === 'done') {
        await expectInJournal(journal, JSON.parse(stdout) as Report);
        return;
      }
      const { state, damaged } = await foldJournal(path(journal));
      expect(damaged).toEqual([]);
      expect(state.run).toMatchObject({ outcome, error: expect.stringContaining('ill') as string });
      expect(stderr).toContain(state.run.error);
    },
    60_000,
  );
});

describe(`a run that is stopped at a random moment (seed ${SEED})`, () => {
  const stops = casesOf(
    repetitions(6, 200),
    (n) => Object.keys(SIGNALS)[Math.floor(n / 6 + n) % 3] as StopSignal,
  );

  it.each(stops)(
    'reports, and its journal reads back as its report: $number, $way, $signal after $delay ms',
    async (one) => {
      const { ended } = await interrupted(one, 'stop');
      const { code, stdout, stderr } = await ended;
      expect([code, stderr]).toEqual([SIGNALS[one.signal as StopSignal], '']);
      const report = JSON.parse(stdout) as Report;
      expect(report.run.outcome).toBe('stopped');
      await expectInJournal(`stop${one.number}.ndjson`, report);

      expect(rowsIn(`stop${one.number}.csv`)).toBe(Number(report.signals));
      for (const edge of Object.values(report.edges)) {
        const symbols = Object.values(edge.bySymbol);
        expect(sum(symbols.map(({ delivered }) => delivered))).toBe(edge.delivered);
        expect(sum(symbols.map(({ backpressure }) => backpressure))).toBe(edge.backpressure);
        expect(sum([edge.burst, edge.behind])).toBe(edge.backpressure);
      }
      expectConservation(report);
      const strategies = Object.values(report.stages.analysis.strategies);
      expect(sum(strategies.map(({ signals }) => signals))).toBe(report.signals);
    },
    60_000,
  );
});

describe(`a run that is killed at a random moment (seed ${SEED})`, () => {
  it.each(casesOf(repetitions(6, 200), () => 'SIGKILL'))(
    'leaves a journal that reads back without damage: $number, $way, after $delay ms',
    async (one) => {
      const { ended } = await interrupted(one, 'kill');
      expect((await ended).code).toBe(128 + 9);
      const name = `kill${one.number}.ndjson`;
      const folded = await foldJournal(path(name));
      expect(folded.damaged).toEqual([]);
      expect(reportOfJournal(folded).run.outcome).toBe('interrupted');
      expect(existsSync(path(`kill${one.number}.csv`))).toBe(false);
    },
    60_000,
  );

  it('is called interrupted by status, report and watch alike', async () => {
    const said = await Promise.all(
      ['status', 'report', 'watch'].map((command) => run([command, 'kill0.ndjson'])),
    );
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const { stdout } of said) expect(stdout).toContain('interrupted: its process is gone');
  }, 60_000);

  it('leaves partial files that the next run sweeps', async () => {
    const partials = (): number =>
      readdirSync(path('.')).filter((name) => name.endsWith('.partial')).length;
    expect(partials()).toBeGreaterThan(0);
    const { code } = await run(['generate', '--minutes=1', '--out=swept.csv']);
    expect([code, partials()]).toEqual([0, 0]);
  }, 60_000);
});
