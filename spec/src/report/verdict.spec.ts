import { diagnose, type Culprit } from '../../../src/report';
import type { PipelineEvent } from '../../../streams/events';
import {
  backpressure,
  cellsOfValues,
  delivered,
  FIRST,
  fold,
  ingested,
  SECOND,
  served,
  started,
  windowOf,
} from '../metrics/given';

const verdictOf = (events: readonly PipelineEvent[]): { culprit: Culprit; text: string } =>
  diagnose(fold(events)).verdict;

const edge = (name: string, behind: number, burst = 0): PipelineEvent[] => [
  delivered(name, 100),
  backpressure(name, behind, burst),
];

const trailing = (ms: number): PipelineEvent => ({
  type: 'trailing',
  at: 0,
  count: 10,
  maxMs: ms,
  buckets: cellsOfValues(Array.from({ length: 10 }, () => ms)),
});

const wall = started({ time: 'wall', bars: '1s', speed: 10 });
const data = started({ mode: 'data' });

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
    [
      'deliveries trail on the wall clock and the coordinator is busy',
      'coordinator',
      [wall, delivered(FIRST, 10), trailing(101), windowOf(100, { coordinator: 95 })],
    ],
    [
      'deliveries trail by less than a base interval at this speed',
      'none',
      [wall, delivered(FIRST, 10), trailing(90), windowOf(100, { coordinator: 95 })],
    ],
    [
      'deliveries trailed by less than a base interval at the speed of then',
      'none',
      [
        wall,
        delivered(FIRST, 10),
        trailing(90),
        windowOf(100, { coordinator: 95 }),
        { type: 'speed', at: 100, speed: 1_000 },
      ],
    ],
    [
      'deliveries trailed by more than a base interval at the speed of then',
      'coordinator',
      [
        wall,
        delivered(FIRST, 10),
        trailing(101),
        windowOf(100, { coordinator: 95 }),
        { type: 'speed', at: 100, speed: 1 },
      ],
    ],
    [
      'ticks trail by more than the mean distance between those that were delivered',
      'coordinator',
      [
        started({ time: 'wall', bars: 'tick' }),
        delivered(FIRST, 10),
        ingested({ base: 10_000, marketStart: 0, marketTime: 1e6 }),
        trailing(101),
        windowOf(100, { coordinator: 95 }),
      ],
    ],
    [
      'ticks trail by less than that, though more were read ahead',
      'none',
      [
        started({ time: 'wall', bars: 'tick' }),
        delivered(FIRST, 10),
        ingested({ base: 10_000, marketStart: 0, marketTime: 1e6 }),
        trailing(90),
        windowOf(100, { coordinator: 95 }),
      ],
    ],
    [
      'deliveries trail and the coordinator is not busy',
      'none',
      [wall, delivered(FIRST, 10), trailing(101), windowOf(100, { coordinator: 80 })],
    ],
    [
      'deliveries trail in simulated time',
      'none',
      [
        started({ bars: '1s' }),
        delivered(FIRST, 10),
        trailing(5000),
        windowOf(100, { coordinator: 95 }),
      ],
    ],
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
    const { culprit, text } = verdictOf([
      started(),
      delivered(FIRST, 100),
      backpressure(FIRST, 99),
      delivered(SECOND, 33),
      served('processor', 33, [3, 3, 3]),
      served('analysis', 33, [2, 2, 2]),
      windowOf(100, { processor: 99, analysis: 66 }),
    ]);
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
    const { text } = verdictOf([
      started(),
      delivered(FIRST, 100),
      backpressure(FIRST, 99),
      delivered(SECOND, 50),
      served('processor', 50, [2, 2, 2]),
      served('analysis', 10, [1, 1, 1]),
      windowOf(100, { processor: 99, analysis: 10 }),
    ]);
    expect(text).toContain('all arrivals would ask for 1.0× of its time');
  });

  it('hides nothing where analysis could keep up', () => {
    const { text } = verdictOf([
      started(),
      delivered(FIRST, 100),
      backpressure(FIRST, 99),
      delivered(SECOND, 33),
      served('processor', 33, [3, 3, 3]),
      served('analysis', 33, [0.5, 0.5, 0.5]),
      windowOf(100, { processor: 99, analysis: 17 }),
    ]);
    expect(text).not.toContain('Hidden');
  });
});
