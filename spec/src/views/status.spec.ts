import type { Liveness } from '../../../src/journal';
import { initialState, MAX_COUNT } from '../../../src/metrics';
import { buildReport } from '../../../src/report';
import { stateName, statusOf } from '../../../src/views/status';
import type { Known, Status } from '../../../src/views/status';
import type { PipelineEvent } from '../../../streams/events';
import { header, minute, WALL } from '../journal/given';
import { backpressure, delivered, finished, FIRST, fold } from '../metrics/given';
import { ingested, SECOND, started, strategyWorked } from '../metrics/given';

const after = (events: readonly PipelineEvent[], given: Partial<Known> = {}): Status =>
  statusOf({
    header: header(),
    state: fold(events),
    seq: events.length,
    wall: WALL + 1_500,
    liveness: 'running',
    ...given,
  });

describe('the state of a run', () => {
  it('is told of a run by its header, its journal and what was folded', () => {
    const events = [
      started({ mode: 'clock', speed: 240 }),
      ingested({ marketStart: minute(0), marketTime: minute(30), progress: 0.25 }),
      delivered(FIRST, 10, 'SPY'),
    ];
    const { edges, stages, verdict } = buildReport(fold(events));
    expect(after(events)).toEqual({
      schema: 1,
      id: 'run-1',
      state: 'running',
      mode: 'clock',
      speed: 240,
      time: 'simulated',
      marketTime: '2024-08-08T00:30:00.000Z',
      progress: 0.25,
      startedAt: '2024-08-09T00:00:00.000Z',
      heardAt: '2024-08-09T00:00:01.500Z',
      events: '3',
      edges,
      stages,
      warnings: [],
      verdict,
    });
  });

  it('has no market time before the first release', () => {
    expect(after([started()])).not.toHaveProperty('marketTime');
  });

  it('has the error of a run that failed', () => {
    expect(after([started(), finished('failed', 'disk full')])).toMatchObject({
      state: 'failed',
      error: 'disk full',
    });
  });
});

describe('the state of a run', () => {
  const paused: PipelineEvent = { type: 'paused', at: 1 };
  it.each<[string, PipelineEvent[], Liveness, string]>([
    ['under way', [started()], 'running', 'running'],
    ['paused', [started(), paused], 'running', 'paused'],
    ['whose process is gone', [started(), paused], 'interrupted', 'interrupted'],
    [
      'that has ended, whatever became of its process',
      [started(), finished()],
      'interrupted',
      'done',
    ],
    ['that was stopped', [started(), finished('stopped')], 'finished', 'stopped'],
  ])('%s', (_title, events, liveness, expected) => {
    expect(stateName(fold(events), liveness)).toBe(expected);
  });
});

describe('what there is to worry about', () => {
  it.each<[string, PipelineEvent[], string[]]>([
    ['fewer events than are warned of', [backpressure(FIRST, 999), backpressure(SECOND, 499)], []],
    [
      'a thousand on the first edge, bursts among them',
      [backpressure(FIRST, 1_000, 1_900)],
      ['[BACKPRESSURE] Coordinator→Processor: 2,000 events (DataProcessor falling behind)'],
    ],
    [
      'five hundred on the second',
      [backpressure(SECOND, 1_999)],
      ['[BACKPRESSURE] Processor→Analysis: 1,500 events (AnalysisEngine falling behind)'],
    ],
    [
      'a faulty strategy, and not those that are fine',
      [strategyWorked('bad', { errors: 2, error: 'no such bar' }), strategyWorked('fine')],
      ['bad: 2 errors, the first: no such bar'],
    ],
    [
      'a counter at its end',
      [delivered(FIRST, 1)],
      [
        expect.stringMatching(
          /^The counter ".+" of coordinator-processor has reached 2\^63-1/,
        ) as string,
      ],
    ],
  ])('%s', (title, events, warnings) => {
    const full = title === 'a counter at its end';
    const edges = initialState.edges;
    const nearly = { ...edges[FIRST], delivered: MAX_COUNT - 1n };
    const from = full ? { ...initialState, edges: { ...edges, [FIRST]: nearly } } : initialState;
    expect(after([], { state: fold(events, from) }).warnings).toEqual(warnings);
  });

  it('ends with what else somebody should know', () => {
    const remarks = ['line 7 was left out'];
    const { warnings } = after([backpressure(FIRST, 1_000)], { remarks });
    expect(warnings.slice(1)).toEqual(remarks);
  });
});
