import type { Culprit } from '../../../src/report';
import type { PipelineEvent } from '../../../streams/events';
import { cellsOfValues, delivered, FIRST, ingested, SECOND } from '../metrics/given';
import { served, started, windowOf } from '../metrics/given';
import { counted, diagnosed, shielded } from './runs';

const verdictOf = (events: readonly PipelineEvent[]) => diagnosed(events).verdict;

const edge = (name: string, behind: number, burst = 0) => counted(name, 100, behind, burst);

const trailing = (ms: number): PipelineEvent => ({
  type: 'trailing',
  at: 0,
  count: 10,
  maxMs: ms,
  buckets: cellsOfValues(Array.from({ length: 10 }, () => ms)),
});

const wall = started({ time: 'wall', bars: '1s', speed: 10 });
const data = started({ mode: 'data' });

/** Ten deliveries that trail by so much, of a coordinator that is busy for so much of the time. */
const late = (ms: number, busy = 95, begin: PipelineEvent = wall): PipelineEvent[] => [
  begin,
  delivered(FIRST, 10),
  trailing(ms),
  windowOf(100, { coordinator: busy }),
];
/** The same of ticks, 100 ms apart in the mean. */
const lateTicks = (ms: number): PipelineEvent[] => [
  started({ time: 'wall', bars: 'tick' }),
  delivered(FIRST, 10),
  ingested({ base: 10_000, marketStart: 0, marketTime: 1e6 }),
  trailing(ms),
  windowOf(100, { coordinator: 95 }),
];

describe('verdict', () => {
  it.each<[what: string, culprit: Culprit, events: PipelineEvent[]]>([
    ['nothing was delivered', 'none', [started()]],
    ['nothing was counted', 'none', [started(), delivered(FIRST, 100), windowOf(100)]],
    [
      'all events are bursts, however busy the stage was',
      'none',
      [started(), ...edge(FIRST, 0, 99), windowOf(100, { processor: 99 })],
    ],
    ['the edge is low', 'none', [started(), ...edge(FIRST, 4), windowOf(100, { processor: 99 })]],
    [
      'the first edge is medium and the processor busy',
      'processor',
      [started(), ...edge(FIRST, 5), windowOf(100, { processor: 90 })],
    ],
    [
      'the first edge is medium and the processor not busy',
      'none',
      [started(), ...edge(FIRST, 5), windowOf(100, { processor: 89 })],
    ],
    [
      'the processor was busy only where nothing was behind',
      'none',
      [
        started(),
        windowOf(900, { processor: 900 }),
        ...edge(FIRST, 50),
        windowOf(100, { processor: 50 }),
      ],
    ],
    [
      'the processor was busy where it was behind, though idle otherwise',
      'processor',
      [started(), windowOf(900), ...edge(FIRST, 50), windowOf(100, { processor: 95 })],
    ],
    [
      'the processor is blocked itself',
      'none',
      [started(), ...edge(FIRST, 50), windowOf(100, { processor: 40 }, { processor: 60 })],
    ],
    [
      'the second edge is medium and analysis busy',
      'analysis',
      [started(), ...edge(SECOND, 10), windowOf(100, { analysis: 95 })],
    ],
    [
      'the second edge is low and analysis busy',
      'none',
      [started(), ...edge(SECOND, 9), windowOf(100, { analysis: 95 })],
    ],
    [
      'both are behind and busy',
      'both',
      [
        started(),
        ...edge(FIRST, 50),
        ...edge(SECOND, 50),
        windowOf(100, { processor: 95, analysis: 95 }),
      ],
    ],
    ['deliveries trail on the wall clock and the coordinator is busy', 'coordinator', late(101)],
    ['deliveries trail by less than a base interval at this speed', 'none', late(90)],
    [
      'deliveries trailed by less than a base interval at the speed of then',
      'none',
      [...late(90), { type: 'speed', at: 100, speed: 1_000 }],
    ],
    [
      'deliveries trailed by more than a base interval at the speed of then',
      'coordinator',
      [...late(101), { type: 'speed', at: 100, speed: 1 }],
    ],
    [
      'ticks trail by more than the mean distance between those that were delivered',
      'coordinator',
      lateTicks(101),
    ],
    ['ticks trail by less than that, though more were read ahead', 'none', lateTicks(90)],
    ['deliveries trail and the coordinator is not busy', 'none', late(101, 80)],
    ['deliveries trail in simulated time', 'none', late(5000, 95, started({ bars: '1s' }))],
    [
      'the run is data-driven: the busiest stage, if busy half of the time',
      'analysis',
      [data, delivered(FIRST, 10), windowOf(100, { processor: 20, analysis: 50 })],
    ],
    [
      'the run is data-driven and the file the slowest',
      'coordinator',
      [data, delivered(FIRST, 10), windowOf(100, { coordinator: 70, analysis: 20 })],
    ],
    [
      'the run is data-driven and nobody is busy half of the time',
      'none',
      [data, delivered(FIRST, 10), windowOf(100, { processor: 20, analysis: 49 })],
    ],
    [
      'the run was in both modes: what was clock-driven decides',
      'processor',
      [
        started(),
        ...edge(FIRST, 50),
        windowOf(100, { processor: 95 }),
        { type: 'mode', at: 100, mode: 'data' },
        delivered(FIRST, 10_000),
        windowOf(10_000, { analysis: 9000 }),
      ],
    ],
  ])('if %s: %s', (_, culprit, events) => {
    expect(verdictOf(events).culprit).toBe(culprit);
  });

  it('says what a slow processor hides: services 3 and 2 at period 1', () => {
    const { culprit, text } = verdictOf(
      shielded({ passedOn: 33, processorMs: 3, analysed: 33, analysisMs: 2, analysisBusy: 66 }),
    );
    expect(culprit).toBe('processor');
    expect(text).toContain('Hidden behind it: AnalysisEngine could not keep up either.');
    expect(text).toContain('all arrivals would ask for 2.0× of its time');
    expect(text).toContain('At a speed of about 0.3 it would keep up.');
  });

  it('takes arrivals by the time they were due, which a busy thread cannot delay', () => {
    const { text } = verdictOf([
      started({ time: 'wall', speed: 100 }),
      ingested({ marketStart: 0, marketTime: 10e6 }),
      ...edge(SECOND, 90),
      served('analysis', 100, [3, 3, 3]),
      windowOf(300, { analysis: 300 }),
    ]);
    expect(text).toContain('the arrivals asked for 3.0× of the time that there was');
    expect(text).toContain('At a speed of about 30 it would keep up.');
  });

  it('asks of analysis what the processor passed on, not what analysis has finished of it', () => {
    const { text } = verdictOf(
      shielded({ passedOn: 50, processorMs: 2, analysed: 10, analysisMs: 1, analysisBusy: 10 }),
    );
    expect(text).toContain('all arrivals would ask for 1.0× of its time');
  });

  it('hides nothing where analysis could keep up', () => {
    const { text } = verdictOf(
      shielded({ passedOn: 33, processorMs: 3, analysed: 33, analysisMs: 0.5, analysisBusy: 17 }),
    );
    expect(text).not.toContain('Hidden');
  });
});
