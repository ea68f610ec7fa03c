import { FEED_COUNTERS, noTally } from '../../../streams/live/feedTally';
import { COUNTERS, counterOf, countersAsMarkdown } from '../../../src/metrics';
import { buildReport } from '../../../src/report';
import { backpressure, delivered, FIRST, fold, SECOND, started, strategyWorked } from './given';

/** `edges.coordinator-processor.bySymbol.SPY.behind` is the counter `symbol.behind`. */
const idOf = (path: string): string =>
  path
    .replace(/^edges\.[^.]+\.bySymbol\.[^.]+\./, 'symbol.')
    .replace(/^edges\.[^.]+\./, 'edge.')
    .replace(/^feed\.by(Symbol|Source)\.[^.]+\./, 'feed.')
    .replace(/^stages\.analysis\.strategies\.[^.]+\./, 'strategy.')
    .replace(/^stages\.[^.]+\./, 'stage.');

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));

const numbersIn = (value: unknown, path: string): string[] => {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) =>
      numbersIn(part, path === '' ? key : `${path}.${key}`),
    );
  }
  return isNumber(value) ? [path] : [];
};

describe('the table of counters', () => {
  it('has each number of the JSON report, and nothing else', () => {
    const mixed = fold([
      started(),
      delivered(FIRST, 2, 'SPY'),
      backpressure(FIRST, 1, 1, 'SPY'),
      { type: 'mode', at: 1, mode: 'data' },
      delivered(FIRST, 2, 'SPY'),
      delivered(SECOND, 1, 'SPY'),
      strategyWorked('busy'),
      { type: 'spent', at: 1, ms: { opening: 1 } },
      {
        type: 'feed',
        at: 1,
        source: 'binance',
        counts: noTally(),
        skewMs: 5,
        lag: { count: 0, totalMs: 0, maxMs: 0, buckets: [] },
        symbols: [['SPY', FEED_COUNTERS.map(() => 1)]],
      },
      {
        type: 'leadIn',
        at: 0,
        ...{ from: 0, rows: 4, base: 2, signals: 1, errors: 1, error: 'busy: broke', ms: 3 },
      },
      { type: 'held', at: 1, by: 'journal', ms: 5 },
      { type: 'finished', at: 1, wallTime: 2, outcome: 'done', startupMs: 1 },
    ]);
    const paths = numbersIn(buildReport(mixed), '').filter(
      (path) => !/^(schema|verdict|actions)\b/.test(path),
    );
    const found = new Set(paths.map(idOf));
    expect([...found].sort()).toEqual(COUNTERS.map(({ id }) => id).sort());
  });

  it('says one sentence of each', () => {
    for (const { id, sentence } of COUNTERS) {
      expect([id, /^[A-Z0-9].*[^.]\.$/.test(sentence)]).toEqual([id, true]);
    }
  });

  it('has every id once', () => {
    expect(new Set(COUNTERS.map(({ id }) => id)).size).toBe(COUNTERS.length);
  });

  it('is a Markdown table for the documentation', () => {
    const [head, rule, first, ...others] = countersAsMarkdown().split('\n');
    expect(head).toBe('| id | label | unit | what it says |');
    expect(rule).toBe('|---|---|---|---|');
    expect(first).toContain('| `run.speed` | speed | factor |');
    expect(others).toHaveLength(COUNTERS.length - 1);
  });

  it('refuses an id that it does not have', () => {
    expect(() => counterOf('edge.nothing')).toThrow(RangeError);
  });
});
