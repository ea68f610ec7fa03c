import { backpressure, delivered, finished, FIRST, ingested, SECOND } from '../metrics/given';
import { served, started, strategyWorked, windowOf } from '../metrics/given';
import { reportOf } from './runs';

const names = (value: object): string[] => Object.keys(value);

const report = reportOf([
  started({ speed: 60, time: 'wall' }),
  ingested({ ticks: 9, base: 4, symbols: ['SPY'], marketStart: 0, marketTime: 240e6 }),
  delivered(FIRST, 4, 'SPY'),
  backpressure(FIRST, 1, 1, 'SPY'),
  delivered(SECOND, 4, 'SPY'),
  served('processor', 4, [1, 3, 2]),
  strategyWorked('sma-cross', { items: 4, signals: 1, totalMs: 2, maxMs: 1 }),
  windowOf(4000, { processor: 1000 }, { coordinator: 500, processor: 2000 }),
  finished(),
]);

describe('buildReport', () => {
  it('has exactly the names of schema 1', () => {
    const stage =
      'items minMs maxMs meanMs p50Ms p99Ms p999Ms busyShare idleShare blockedShare'.split(' ');
    const edge = (
      'delivered backpressure burst behind overruns dropped discarded share behindShare grade ' +
      'latenessP50Ms latenessP99Ms latenessMaxMs blockedMs bySymbol'
    ).split(' ');
    expect(names(report)).toEqual(
      'schema run bars signals stages edges verdict actions'.split(' '),
    );
    expect(names(report.run)).toEqual(
      (
        'id mode speed time threads files bars derive symbols startedAt wallSeconds marketSeconds ' +
        'marketFrom marketTo clockSeconds'
      ).split(' '),
    );
    expect(names(report.bars)).toEqual('ticks base derived late outOfOrder badRows'.split(' '));
    expect(names(report.stages)).toEqual(['coordinator', 'processor', 'analysis']);
    expect(names(report.stages.coordinator)).toEqual(stage);
    expect(names(report.stages.processor)).toEqual(stage);
    expect(names(report.stages.analysis)).toEqual([...stage, 'strategies']);
    expect(names(report.stages.analysis.strategies['sma-cross'] ?? {})).toEqual(
      'items signals errors totalMs maxMs'.split(' '),
    );
    expect(names(report.edges)).toEqual([FIRST, SECOND]);
    for (const name of [FIRST, SECOND]) expect(names(report.edges[name])).toEqual(edge);
    expect(names(report.edges[FIRST].bySymbol['SPY'] ?? {})).toEqual(
      'delivered backpressure behind'.split(' '),
    );
    expect(names(report.verdict)).toEqual(
      'culprit culprits shielded tandem scope modifiers text when estimated confidence'.split(' '),
    );
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('counts in decimal strings, exactly beyond 2^53', () => {
    const { delivered: count } = reportOf([delivered(FIRST, 2 ** 53 - 1), delivered(FIRST, 2)])
      .edges[FIRST];
    expect(count).toBe('9007199254740993');
  });

  it('describes the run', () => {
    expect(report.run).toEqual({
      id: 'run-1',
      mode: 'clock',
      speed: 60,
      time: 'wall',
      threads: 1,
      files: ['day.csv'],
      bars: '1m',
      derive: [],
      symbols: ['SPY'],
      startedAt: '2024-08-08T00:00:00.000Z',
      wallSeconds: 4,
      marketSeconds: 240,
      clockSeconds: 4,
      marketFrom: '1970-01-01T00:00:00.000Z',
      marketTo: '1970-01-01T00:04:00.000Z',
    });
  });

  it('measures stages, and charges blocked time to the edge that held the outputs', () => {
    expect(report.stages.processor).toMatchObject({
      items: '4',
      minMs: 1,
      maxMs: 3,
      meanMs: 2,
      busyShare: 0.25,
      blockedShare: 0.5,
      idleShare: 0.25,
    });
    expect([report.edges[FIRST].blockedMs, report.edges[SECOND].blockedMs]).toEqual([500, 2000]);
  });

  it('keeps burst, behind and their shares apart', () => {
    expect(report.edges[FIRST]).toMatchObject({
      delivered: '4',
      backpressure: '2',
      burst: '1',
      behind: '1',
      share: 0.5,
      behindShare: 0.25,
      bySymbol: { SPY: { delivered: '4', backpressure: '2', behind: '1' } },
    });
  });

  it('adds a name only where there is something to say', () => {
    const { run, stages, edges } = reportOf([
      started(),
      delivered(FIRST, 1),
      { type: 'mode', at: 10, mode: 'data' },
      delivered(FIRST, 1),
      strategyWorked('faulty', { errors: 1, error: 'boom' }),
      { type: 'paused', at: 30 },
      finished('failed', 'disk full'),
    ]);
    expect(run).toMatchObject({
      outcome: 'failed',
      error: 'disk full',
      timeInModesMs: { clock: 10, data: 20 },
    });
    expect(stages.analysis.strategies['faulty']?.firstError).toBe('boom');
    expect(edges[FIRST].clockDelivered).toBe('1');
  });
});
