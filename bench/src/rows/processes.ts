import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../frame/table';
import { tickFile } from '../work/tickFile';

/** Of the checkout; this file is in bench/dist/bench/src/rows. */
const CHECKOUT = join(__dirname, '../../../../..');
const COMMAND = join(CHECKOUT, 'dist/src/cli/main.js');

const LENGTHS = { '1m': 60_000_000, '1s': 1_000_000 } as const;
type Interval = keyof typeof LENGTHS;

const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
    // The bench exposes the garbage collector; what is measured here does not.
    env: { ...process.env, NODE_OPTIONS: '' },
  });

/** `bars` runs the process and returns how many bars it found. */
const processRow = (
  name: string,
  title: string,
  interval: Interval,
  bars: (path: string, interval: Interval) => number,
): Row => ({
  name: `${name}-${interval}`,
  title: `${title}, ${interval} bars`,
  prepare: async ({ size, checking }) => {
    const path = await tickFile('csv', size);
    return () => {
      // Rows of both intervals are compared once, before anything is timed.
      if (checking) return { items: size, same: [bars(path, '1m'), bars(path, '1s')] };
      bars(path, interval);
      return { items: size };
    };
  },
});

const programRow = (name: string, title: string, interval: Interval): Row =>
  processRow(name, title, interval, (path, length) => {
    const program = join(__dirname, `../programs/${name}.js`);
    return Number(node(program, path, String(LENGTHS[length])));
  });

/** The package's own command, as `npm run build` makes it. */
function barometer(...args: readonly string[]): string {
  if (!existsSync(COMMAND)) throw new Error('the package is not built: npm run build');
  return node(COMMAND, ...args);
}

export const sql = (interval: Interval): Row =>
  programRow('sqlBars', "DuckDB's SQL, the bars alone", interval);

export const plainScript = (interval: Interval): Row =>
  programRow('readlineBars', 'readline + split, the bars alone', interval);

export const replayCommand = (interval: Interval): Row =>
  processRow('replay', 'barometer replay FILE, with report and journal', interval, (path, bars) => {
    const folder = mkdtempSync(join(tmpdir(), 'barometer-bench-'));
    try {
      const journal = join(folder, 'run.ndjson');
      const report = barometer('replay', path, '--bars', bars, '--json', '--journal', journal);
      return Number((JSON.parse(report) as { bars: { base: string } }).bars.base);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

/** What a process costs before it does anything: items are starts. */
export const start = (name: string, title: string, args: () => readonly string[]): Row => ({
  name,
  title,
  compared: false,
  prepare: () => {
    const given = args();
    return () => {
      barometer(...given);
      return { items: 1 };
    };
  },
});

export const emptyProcess: Row = {
  name: 'node',
  title: 'node -e 0',
  compared: false,
  prepare: () => () => {
    node('-e', '0');
    return { items: 1 };
  },
};

const STRATEGY = `import type { Bar, Strategy } from 'barometer';

const up = (bar: Bar): boolean => bar.close > bar.open;
const strategy: Strategy = {
  name: 'up',
  onBar: (bar) => (up(bar) ? { side: 'buy' } : undefined),
};
export default strategy;
`;

/** A strategy in TypeScript, in a file that nothing has compiled before. */
export function strategyFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'barometer-bench-')), 'strategy.ts');
  writeFileSync(path, STRATEGY);
  return path;
}

export const SAMPLE = join(CHECKOUT, 'spec/sample/synthetic.csv');
