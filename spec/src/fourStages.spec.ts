import { writeFileSync } from 'node:fs';
import { checkpointOf, foldIn, foldJournal, openJournal, peekJournal } from '../../src/journal';
import { initialStateOf, metricsStore, reduce, UnknownEventError } from '../../src/metrics';
import { buildReport, renderText } from '../../src/report';
import { renderFrame } from '../../src/views/renderFrame';
import { renderStatus } from '../../src/views/renderStatus';
import { statusOf } from '../../src/views/status';
import { unwatched, watchedNext } from '../../src/views/watched';
import type { EvidenceEvent, PipelineEvent } from '../../streams/events';
import { STANDARD_TOPOLOGY, withStage } from '../../streams/topology';
import { folder, header, journalText, minute, WALL } from './journal/given';
import { from } from 'rxjs';
import {
  backpressure,
  configuration,
  delivered,
  finished,
  ingested,
  served,
  started,
  strategyWorked,
  windowOf,
} from './metrics/given';

const topology = withStage(
  STANDARD_TOPOLOGY,
  { stage: 'enrich', items: 'bars' },
  { after: 'processor' },
);
const [ENRICH, ANALYSIS] = ['processor-enrich', 'enrich-analysis'];

const evidence = (stage: string, behind: number): EvidenceEvent => ({
  type: 'evidence',
  at: 1000,
  stage,
  deliveries: 100,
  behind,
  isolatedBehind: behind,
  awaitedMs: 0,
  minutes: [],
  ranges: [],
  minutesOfDay: [],
  days: [],
  patterns: { overload: { periods: 1, behind, workMs: 900, awaitedMs: 0 } },
  periods: [],
});

/** A run with a stage of its own between processor and analysis, which is too slow. */
const events: PipelineEvent[] = [
  started({ topology }),
  ingested({ ticks: 100, base: 100, symbols: ['SPY'], marketStart: minute(0), progress: 1 }),
  delivered('coordinator-processor', 100, 'SPY'),
  delivered(ENRICH ?? '', 100, 'SPY'),
  backpressure(ENRICH ?? '', 40, 10, 'SPY'),
  { type: 'lateness', at: 0, edge: ENRICH ?? '', count: 100, maxMs: 7, buckets: [] },
  delivered(ANALYSIS ?? '', 100, 'SPY'),
  served('processor', 100, [1, 1, 1]),
  served('enrich', 100, [8, 12, 9]),
  served('analysis', 100, [2, 2, 2]),
  ...[evidence('processor', 0), evidence('enrich', 40), evidence('analysis', 0)],
  strategyWorked('sma-cross', { items: 100, totalMs: 200, maxMs: 2 }),
  windowOf(1000, { processor: 100, enrich: 900, analysis: 200 }, { enrich: 50 }),
  finished(),
];

const head = header({ configuration: { ...configuration, topology } });
const inFolder = folder();
const path = inFolder('four.ndjson');
writeFileSync(path, journalText(events, head));

describe('a run with four stages', () => {
  const { stages, edges, verdict } = buildReport(events.reduce(reduce, initialStateOf(topology)));

  it('has counters for each stage and edge', () => {
    expect(Object.keys(stages)).toEqual(['coordinator', 'processor', 'enrich', 'analysis']);
    expect(stages['enrich']).toMatchObject({ items: '100', meanMs: 9, busyShare: 0.9 });
    expect(Object.keys(edges)).toEqual(['coordinator-processor', ENRICH, ANALYSIS]);
    expect(edges[ENRICH ?? '']).toMatchObject({
      delivered: '100',
      backpressure: '50',
      burst: '10',
    });
    expect(edges[ENRICH ?? '']).toMatchObject({ grade: 'high', latenessMaxMs: 7 });
    expect(edges[ANALYSIS ?? '']).toMatchObject({ grade: 'perfect', blockedMs: 50 });
  });

  it('is accused by name', () => {
    expect(verdict).toMatchObject({ culprit: 'enrich', culprits: ['enrich'], pattern: 'overload' });
    expect(verdict.text).toContain('Enrich is overloaded: 40 % of 100 bars fell behind');
  });

  it('puts the work of strategies on the edge before analysis', () => {
    expect(edges[ANALYSIS ?? '']?.bySymbol['SPY']?.workMs).toBe(200);
    expect(edges[ENRICH ?? '']?.bySymbol['SPY']?.workMs).toBeUndefined();
  });

  it('is read from its journal without damage, as it was folded when it ran', async () => {
    const folded = await foldJournal(path);
    expect(folded.damaged).toEqual([]);
    expect(folded.state).toEqual(events.reduce(reduce, initialStateOf(topology)));
    expect((await peekJournal(path)).last?.event).toEqual(finished());
  });

  it('goes on from a checkpoint', async () => {
    const { state } = await foldJournal(path);
    expect(foldIn(checkpointOf({ state, seq: 1, wall: 0 })).state).toEqual(state);
    const other = checkpointOf({
      state: { ...state, topology: STANDARD_TOPOLOGY },
      seq: 1,
      wall: 0,
    });
    expect(() => foldIn(other)).toThrow(/not a checkpoint/);
  });

  it('names every stage and edge in the report, the status and the watched frame', async () => {
    const folded = await foldJournal(path);
    const text = renderText(buildReport(folded.state));
    expect(text).toContain('  - Processor→Enrich: 50 events');
    expect(text).toContain('Processor→Enrich: high');
    expect(text).toContain('  - Enrich: busy 90% | idle 5% | blocked 5%');
    const status = statusOf({ ...folded, liveness: 'finished' });
    expect(status.warnings).toEqual([]);
    expect(renderStatus(status, WALL)).toMatch(/Enrich→Analysis: perfect\n/);
    const watched = events.reduce(
      (before, event, n) => watchedNext(before, { seq: n + 1, wall: n, event }),
      unwatched(head),
    );
    expect(renderFrame(watched, { columns: 100, rows: 30 })).toContain('Enrich busy');
    expect(watched.samples.at(-1)).toMatchObject({
      busy: { enrich: 0.9 },
      notReady: { [ENRICH ?? '']: 0.5 },
    });
  });
});

describe('stages that were composed by hand', () => {
  it('are folded by a store that knows them, without the start of a run', () => {
    const counted = events.filter(({ type }) => type !== 'started' && type !== 'finished');
    const store = metricsStore(from(counted), initialStateOf(topology));
    store.connect();
    expect(store.state().edges[ENRICH ?? '']?.behind).toBe(40n);
  });

  it('are unknown to a store of the standard ones', () => {
    expect(() => reduce(initialStateOf(STANDARD_TOPOLOGY), delivered(ENRICH ?? '', 1))).toThrow(
      UnknownEventError,
    );
  });
});

describe('a journal', () => {
  const damageOf = async (text: string): Promise<string[]> => {
    const file = inFolder(`damaged-${text.length}.ndjson`);
    writeFileSync(file, text);
    return (await foldJournal(file)).damaged.map(({ message }) => message);
  };

  it('has no event of a stage that its header does not name', async () => {
    const damage = await damageOf(journalText(events.slice(1), header()));
    expect(damage.length).toBeGreaterThan(3);
    expect(damage[0]).toContain('damaged line: no "delivered" event (edge: ');
  });

  it('does not start with other stages than its header names', async () => {
    const [damage] = await damageOf(journalText([started()], head));
    expect(damage).toContain('has other stages than the header');
  });

  it('is refused where its header names no pipeline', async () => {
    const file = inFolder('nonsense.ndjson');
    const nonsense = [{ stage: 'constructor', title: 'X' }];
    writeFileSync(
      file,
      journalText([], header({ configuration: { ...configuration, topology: nonsense } })),
    );
    await expect(openJournal(file)).rejects.toThrow(
      /the header is damaged \(configuration\.topology/,
    );
  });
});
