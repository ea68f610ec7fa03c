import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Report } from '../../src/report';
import { bench } from './processes';

const SYMBOLS = 100_000;
const BARS = 3;
/** Kilobytes. Much of what a replay has at its peak is garbage that V8 has not collected yet. */
const MOST = { replay: 900_000, report: 500_000 };

const { path, file, run } = bench();

/** A tick a minute of each symbol: three bars, the last of which nothing completes. */
function ticks(): string {
  const name = path('many.csv');
  const csv = openSync(name, 'w');
  writeSync(csv, 'time,symbol,price,size\n');
  for (let minute = 0; minute < BARS; minute += 1) {
    for (let from = 0; from < SYMBOLS; from += 10_000) {
      const lines = Array.from({ length: 10_000 }, (_, n) => {
        const time = (1_704_205_800 + minute * 60) * 1e6 + from + n;
        return `${time},S${from + n},${100 + ((from + n) % 50) + minute},1\n`;
      });
      writeSync(csv, lines.join(''));
    }
  }
  closeSync(csv);
  return name;
}

/** Runs the command; how much memory its process had at most, in kilobytes. */
async function measured(...argv: string[]): Promise<{ stdout: string; most: number }> {
  const said = path('most');
  const hook = file(
    'most.cjs',
    `process.on('exit', () => require('node:fs').writeFileSync(
      ${JSON.stringify(said)}, String(process.resourceUsage().maxRSS)));`,
  );
  const env = { ...process.env, BAROMETER_DIR: path('runs'), NODE_OPTIONS: `--require "${hook}"` };
  const { code, stdout, stderr } = await run(argv, { env });
  expect([code, stderr]).toEqual([0, '']);
  return { stdout, most: Number(readFileSync(said, 'utf8')) };
}

const sumsOf = (report: Report): unknown =>
  Object.entries(report.edges).map(([name, { delivered, bySymbol }]) => {
    const each = new Set(Object.values(bySymbol).map((symbol) => symbol.delivered));
    return [name, delivered, Object.keys(bySymbol).length, [...each]];
  });

describe('a file with 100,000 symbols', () => {
  const journal = path('many.ndjson');
  const EVERYTHING = [
    ['coordinator-processor', `${BARS * SYMBOLS}`, SYMBOLS, [`${BARS}`]],
    // What nothing completes crosses no second edge.
    ['processor-analysis', `${(BARS - 1) * SYMBOLS}`, SYMBOLS, [`${BARS - 1}`]],
  ];

  it('is replayed within 900 MB, and each symbol is counted', async () => {
    const { stdout, most } = await measured(
      ...['replay', ticks(), '--bars', '1m', '--quiet', '--json', '--journal', journal],
    );
    expect(sumsOf(JSON.parse(stdout) as Report)).toEqual(EVERYTHING);
    expect(most).toBeLessThan(MOST.replay);
  }, 120_000);

  it('is reported from its journal within 500 MB, with the same counts', async () => {
    const { stdout, most } = await measured('report', journal, '--json');
    expect(sumsOf(JSON.parse(stdout) as Report)).toEqual(EVERYTHING);
    expect(most).toBeLessThan(MOST.report);
  }, 120_000);
});
