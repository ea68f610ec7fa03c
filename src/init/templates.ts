import { syntheticCsv } from '../generate';
import { packageVersion } from '../version';

/** The command that runs the test; CI runs the same one. */
export const TEST = 'node --import jiti/register --test strategies/momentum.test.ts';
export const GATE = 'npx barometer check';

const CONFIG = `import { defineConfig } from 'barometer';

// Options of the command line, without dashes; what the command line says wins.
export default defineConfig({
  // Put your own tick files here: CSV, CSV.gz, CSV.zst, Parquet, or zip.
  files: 'ticks/*.csv',
  bars: '1m',
  derive: ['5m'],
  strategy: [{ module: './strategies/momentum.ts', parameters: { length: 5 } }],
  // What \`npx barometer check\` requires.
  require: ['sustainable-speed >= 10', 'behind(processor-analysis) < 5%', 'errors = 0'],
  profiles: {
    ci: { passes: 3, reporter: ['text', 'github', 'junit=check.xml'] },
  },
});
`;

const STRATEGY = `import type { Strategy } from 'barometer';

/** What may follow the path: ./strategies/momentum.ts:length=20. Every other parameter is an error. */
export const parameters = ['length'];

/** Buys where a bar closes above the last closes, and sells where it closes below them. */
export default function momentum({ length = 20 }: { length?: number } = {}): Strategy {
  return {
    name: 'momentum',
    onBar(bar, context) {
      // A view on the last closes, this bar's included: nothing is copied, and nothing later is visible.
      const before = context.history().close.subarray(-length - 1, -1);
      if (before.length < length) return undefined;
      if (bar.close > Math.max(...before)) return { side: 'buy' };
      if (bar.close < Math.min(...before)) return { side: 'sell' };
      return undefined;
    },
  };
}
`;

const SPEC = `import { test } from 'node:test';
import { marbles } from 'barometer/testing';
import momentum from './momentum';

test('buys above the last two closes, and sells below them', () => {
  marbles(({ bars, replay, expectSignals }) => {
    const closes = { a: 10, b: 11, c: 12, d: 9, e: 10 };
    const recorded = bars('             -abcde|', closes, 'SPY'); // a bar a frame, each at its end
    const run = replay(recorded, {
      strategies: [momentum({ length: 2 })],
      serviceTimes: { processor: 1, analysis: 1 }, // in frames
    });
    expectSignals(run.signals$).toBe(' -----bs', {
      b: { side: 'buy', symbol: 'SPY' },
      s: { side: 'sell', symbol: 'SPY' },
    });
  });
});
`;

const WORKFLOW = `name: barometer
on: [push, pull_request]
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: ${TEST}
      - run: ${GATE} --profile ci
`;

const manifest = (): string =>
  `${JSON.stringify(
    {
      name: 'strategies',
      private: true,
      scripts: { test: TEST, gate: 'barometer check' },
      devDependencies: { barometer: `^${packageVersion()}`, jiti: '^2.7.0', rxjs: '^7.8.2' },
    },
    null,
    2,
  )}\n`;

/** Half an hour of two symbols. */
const sample = (): string =>
  [
    ...syntheticCsv({
      symbols: ['SYNTHETIC-A', 'SYNTHETIC-B'],
      minutes: 30,
      rate: 0.5,
      bursts: 0,
      seed: 1,
    }),
  ].join('');

/** The files of a new project, by their paths. */
export const TEMPLATES: Readonly<Record<string, () => string>> = {
  'barometer.config.ts': () => CONFIG,
  'strategies/momentum.ts': () => STRATEGY,
  'strategies/momentum.test.ts': () => SPEC,
  'ticks/synthetic.csv': sample,
  '.github/workflows/barometer.yml': () => WORKFLOW,
  'package.json': manifest,
  '.gitignore': () => 'node_modules/\n.barometer/\ncheck.xml\n',
};
