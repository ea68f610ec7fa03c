import { Subject } from 'rxjs';
import { progressBar } from '../../../src/cli/progressBar';
import type { MetricsState } from '../../../src/metrics';
import { initialState } from '../../../src/metrics';
import { TextStream } from './textStream';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('tells the rows that were read while files are looked through, then the run', async () => {
  const metrics$ = new Subject<MetricsState>();
  const terminal = new TextStream(true);
  let rows = 0;
  const bar = progressBar(metrics$, terminal, () => rows);
  metrics$.next(initialState);
  for (rows of [1_000, 25_000]) jest.advanceTimersByTime(300);
  expect(terminal.text).toContain('reading: 1,000 rows');
  expect(terminal.text.indexOf('reading: 25,000 rows')).toBeGreaterThan(
    terminal.text.indexOf('reading: 1,000 rows'),
  );

  terminal.text = '';
  metrics$.next({
    ...initialState,
    market: { ...initialState.market, time: 1_704_153_600_000_000, progress: 0.5 },
  });
  jest.advanceTimersByTime(300);
  expect(terminal.text).toContain('2024-01-02');
  expect(terminal.text).not.toContain('reading');
  bar.close();
  expect(jest.getTimerCount()).toBe(0);
});
