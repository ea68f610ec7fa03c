import { extname, join } from 'node:path';
import { fromTicks } from '../../../streams/sources';
import type { Report } from '../../../src/report';
import { replay } from '../../../src/replay';
import { watchOthers } from '../work/otherCpu';
import { askHeap, heapCell, liveHeap } from './heapCell';
import { instrumentOf } from './measureRun';
import { soakTicks } from './soakTicks';

/** In MB; heaps after a garbage collection, so the figures are live memory. */
export interface MemorySample {
  /** Seconds since the first sample. */
  readonly atS: number;
  /** Of the process, with all its threads. */
  readonly rss: number;
  /** Of the coordinator's thread. */
  readonly heap: number;
  readonly external: number;
  /** Of the stages' threads, from their last reports; NaN before the first. */
  readonly processor: number;
  readonly analysis: number;
}

/** An expected number and the observed one. */
export interface Expected {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

interface SoakResult {
  readonly samples: readonly MemorySample[];
  readonly conservation: readonly Expected[];
  readonly report: Report;
  /** Share of the machine that other processes took. */
  readonly others: number;
}

export const SYMBOLS = 50;
export const STRATEGIES = 10;
/** Base and derived intervals, and their lengths in milliseconds. */
const BASE = ['100ms', 100] as const;
const DERIVED = [
  ['500ms', 500],
  ['1s', 1_000],
  ['5s', 5_000],
  ['1m', 60_000],
] as const;
/** The interval whose bars give signals. */
const SAYS = '5s';
const SAYS_MS = 5_000;

/** Rows that stay readable: all intervals but the longest have as many before a third of half an hour is over. */
const HISTORY = 100;
const STRATEGY = join(__dirname, `soakStrategy${extname(__filename)}`);
const SAMPLES = 100;

/**
 * Replays a synthetic market through threads for a long time and samples memory.
 *
 * @param lastMs of market time
 * @param speed market seconds per second
 */
export async function soakRun(lastMs: number, speed: number): Promise<SoakResult> {
  const cells = { processor: heapCell(), analysis: heapCell() };
  const load = { processor: { heap: cells.processor }, analysis: { heap: cells.analysis } };
  const run = replay(fromTicks(soakTicks(SYMBOLS, BASE[1], lastMs)), {
    bars: BASE[0],
    derive: DERIVED.map(([name]) => name),
    mode: 'clock',
    speed,
    history: HISTORY,
    threads: { instrument: instrumentOf({ load }) },
    strategies: Array.from({ length: STRATEGIES }, (_, index) => ({
      module: STRATEGY,
      parameters: { name: `soak-${index + 1}`, back: 10 * (index + 1), says: SAYS },
    })),
  });
  let signals = 0;
  run.signals$.subscribe({ next: () => (signals += 1), error: () => undefined });
  const samples: MemorySample[] = [];
  const others = watchOthers();
  let began: number | undefined;
  const sampling = setInterval(
    () => {
      // The threads are not ready yet.
      if (run.report().run.marketSeconds === 0) return;
      const now = performance.now();
      began ??= now;
      samples.push({ atS: (now - began) / 1_000, ...memoryOf(cells) });
    },
    Math.max(1, lastMs / speed / SAMPLES),
  );
  try {
    const report = await run.start().done;
    const conservation = conservationOf(report, lastMs, signals);
    return { samples, report, others: others(), conservation };
  } finally {
    clearInterval(sampling);
  }
}

const MB = 2 ** 20;

function memoryOf(cells: Readonly<Record<'processor' | 'analysis', SharedArrayBuffer>>) {
  const heap = liveHeap() / MB;
  const { rss, external } = process.memoryUsage();
  return {
    rss: rss / MB,
    heap,
    external: external / MB,
    processor: askHeap(cells.processor) / MB,
    analysis: askHeap(cells.analysis) / MB,
  };
}

/** Expected totals: every symbol has a bar in every window up to that of the last tick. */
function conservationOf(report: Report, lastMs: number, signals: number): Expected[] {
  const bars = (lengthMs: number): number => SYMBOLS * Math.floor(lastMs / lengthMs);
  const derived = DERIVED.reduce((sum, [, lengthMs]) => sum + bars(lengthMs), 0);
  // The last tick opens a window that is not finished: its bars are delivered on the first edge alone.
  const first = bars(BASE[1]) + 1;
  const second = bars(BASE[1]) + derived;
  const said = STRATEGIES * bars(SAYS_MS);
  const { processor, analysis } = report.stages;
  const heard = Object.values(analysis.strategies).reduce(
    (sum, { items }) => sum + Number(items),
    0,
  );
  const edge = (name: 'coordinator-processor' | 'processor-analysis') => report.edges[name];
  const lost = (['coordinator-processor', 'processor-analysis'] as const).reduce(
    (sum, name) => sum + Number(edge(name).dropped) + Number(edge(name).discarded),
    0,
  );
  return [
    { what: 'ticks', expected: 2 * bars(BASE[1]) + 1, found: Number(report.bars.ticks) },
    {
      what: 'delivered to the processor',
      expected: first,
      found: Number(edge('coordinator-processor').delivered),
    },
    { what: 'served by the processor', expected: first, found: Number(processor.items) },
    {
      what: 'delivered to the analysis',
      expected: second,
      found: Number(edge('processor-analysis').delivered),
    },
    { what: 'served by the analysis', expected: second, found: Number(analysis.items) },
    { what: 'heard by strategies', expected: STRATEGIES * second, found: heard },
    { what: 'signals counted', expected: said, found: Number(report.signals) },
    { what: 'signals received', expected: said, found: signals },
    { what: 'dropped or discarded', expected: 0, found: lost },
  ];
}
