import { renderStatus } from '../../../src/views/renderStatus';
import { statusOf } from '../../../src/views/status';
import type { Known } from '../../../src/views/status';
import type { PipelineEvent } from '../../../streams/events';
import { header, minute, WALL } from '../journal/given';
import { backpressure, delivered, finished, fold, ingested, SECOND } from '../metrics/given';
import { served, started, windowOf } from '../metrics/given';

const status = (events: readonly PipelineEvent[], given: Partial<Known> = {}) =>
  statusOf({
    header: header(),
    state: fold(events),
    seq: 12_345,
    wall: WALL,
    liveness: 'running',
    ...given,
  });
const underWay = status([
  started({ speed: 240 }),
  ingested({ marketStart: minute(0), marketTime: minute(30), progress: 0.25 }),
  delivered(SECOND, 1_000),
  backpressure(SECOND, 600, 100),
  served('analysis', 1_000, [0.5, 2, 1]),
  windowOf(1_000, { analysis: 500 }),
]);
const linesOf = (of: typeof underWay, now = WALL + 2_500): string[] =>
  renderStatus(of, now).split('\n');

describe('the state of a run, for people', () => {
  it('begins with the run: its state, mode, progress, and when it was heard of last', () => {
    expect(linesOf(underWay).slice(0, 7)).toEqual([
      'Run run-1',
      '  State:       running',
      '  Mode:        clock-driven at speed 240, simulated time',
      '  Market time: 2024-08-08T00:30:00.000Z',
      '  Progress:    25% of the input',
      '  Started:     2024-08-09T00:00:00.000Z',
      '  Journal:     12,345 events, the last one 2.5 s ago',
    ]);
  });

  it('says how far the market is, however far the input was read ahead', () => {
    const market = { marketStart: minute(0), marketTime: minute(30), marketEnd: minute(90) };
    const known = status([started(), ingested({ ...market, progress: 1 })], {
      wall: started().wallTime + 10_000,
    });
    expect(linesOf(known)[4]).toBe('  Progress:    33.33% of the market, ETA 20.00 s');
    const over = status([started(), ingested({ ...market, progress: 1 }), finished()]);
    expect(linesOf(over)[4]).toBe('  Progress:    100% of the market');
  });

  it('has both edges with their grades and counts, and the stages', () => {
    const lines = linesOf(underWay);
    const at = lines.indexOf('  Processor→Analysis: high');
    expect(lines[at + 1]).toBe(
      '    700 events of 1,000 cycles (70%): burst 100, behind 600 (60%), overruns 0',
    );
    expect(lines).toContain('  Coordinator→Processor: perfect');
    expect(lines).toContain('  Coordinator      busy 0% | idle 100% | blocked 0%');
    expect(lines.find((line) => line.startsWith('  Analysis Engine'))).toMatch(
      /^ {2}Analysis Engine {2}busy 50% \| idle 50% \| blocked 0% \| p50 \d\.\d\d ms \| p99 \d\.\d\d ms$/,
    );
  });

  it('lists the warnings, or says that there are none', () => {
    const beneath = (lines: string[]): string | undefined => lines[lines.indexOf('Warnings') + 1];
    expect(beneath(linesOf(underWay))).toMatch(/^ {2}\[BACKPRESSURE\] Processor→Analysis: 500 /);
    expect(beneath(linesOf(status([started()])))).toBe('  none');
  });

  it.each<[string, readonly PipelineEvent[], Partial<Known>, RegExp]>([
    ['ended', [started(), finished()], {}, /^ {2}State: {7}finished$/m],
    ['failed', [started(), finished('failed', 'disk full')], {}, /failed: disk full$/m],
    ['was killed', [started()], { liveness: 'interrupted' }, /interrupted: its process is gone, /],
    [
      'was heard of just now, by a clock that is late',
      [started()],
      { wall: WALL + 9e6 },
      / 0\.0 s ago$/m,
    ],
    ['did not begin', [], {}, /Market time: before the first bar$/m],
  ])('of a run that %s', (_title, events, given, said) => {
    expect(renderStatus(status(events, given), WALL)).toMatch(said);
  });

  it('of a run that is over does not say how long ago that was', () => {
    expect(renderStatus(status([started(), finished()]), WALL)).not.toContain(' ago');
  });

  it('breaks the verdict at the width that is asked for', () => {
    const text = renderStatus(underWay, WALL, { width: 50 });
    const verdict = text.slice(text.indexOf('Verdict\n')).split('\n');
    expect(verdict.length).toBeGreaterThan(1);
    expect(Math.max(...verdict.map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it('is painted only where colours are wanted, and nothing but the look changes', () => {
    const painted = renderStatus(underWay, WALL, { color: true });
    const bare = painted.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    expect(painted).not.toBe(bare);
    expect(bare).toBe(renderStatus(underWay, WALL));
  });
});
