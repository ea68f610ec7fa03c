import { extname, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { pipeline } from '../../../streams';
import type {
  ModuleReference,
  PipelineOptions,
  RowSource,
  ThreadInstrumentReference,
  ThreadStrategy,
} from '../../../streams';
import type { ServedStage, StandardEdge } from '../../../streams/topology';
import { fromTicks } from '../../../streams/sources';
import { seededRandom } from '../../../src/generate/random';
import { watchOthers } from '../work/otherCpu';
import type { InstrumentWork } from './instrument';
import { countCell, countIn } from './sharedCells';
import type { SyntheticLoad } from './syntheticLoad';

const moduleOf = (name: string): string => join(__dirname, `${name}${extname(__filename)}`);

/** For `ThreadsOptions.instrument`. */
export const instrumentOf = (work: InstrumentWork): ModuleReference => ({
  module: moduleOf('instrument'),
  export: 'instrument',
  argument: work,
});

/** A strategy with a fixed cost per bar. */
export const strategyOf = (load: SyntheticLoad): ThreadStrategy => ({
  name: 'load',
  module: moduleOf('syntheticLoad'),
  export: 'loadStrategy',
  argument: load,
});

/** Ticks with exponentially distributed gaps, in milliseconds on average; the same for the same seed. */
export function poisson(items: number, gapMs: number, seed: number): RowSource {
  const { exponential } = seededRandom(seed);
  let time = 0;
  return fromTicks(
    Array.from({ length: items }, (_, index) => {
      time += Math.max(1, Math.round(exponential() * gapMs * 1_000));
      return { symbol: 'X', time, price: 100 + (index % 7), size: 1 };
    }),
  );
}

interface EdgeShare {
  readonly delivered: number;
  readonly events: number;
  readonly behind: number;
  /** Events over deliveries. */
  readonly share: number;
  /** Share of the items that found the consumer's cell not ready; 0 without threads. */
  readonly seen: number;
}

type Shares = Readonly<Record<StandardEdge, EdgeShare>>;

interface MeasuredRun {
  readonly edges: Shares;
  /** Mean service times in microseconds, the bars' own. */
  readonly serviceUs: Readonly<Record<'processor' | 'analysis', number>>;
  /** Milliseconds of the run, without the start-up of threads. */
  readonly ranMs: number;
  /** Share of the machine that other processes took meanwhile. */
  readonly others: number;
}

export const EDGES: readonly StandardEdge[] = ['coordinator-processor', 'processor-analysis'];

/**
 * Replays ticks, each as a bar, on the wall clock, and counts both edges. Throws the error of a failed run.
 *
 * @param work instruments of the threads, where there are threads
 */
export async function measureRun(
  source: RowSource,
  options: PipelineOptions,
  work: Omit<InstrumentWork, 'notReady'> = {},
): Promise<MeasuredRun> {
  const counts = new Map(
    EDGES.map((edge) => [edge as string, { delivered: 0, events: 0, behind: 0 }]),
  );
  const services = { processor: { count: 0, ms: 0 }, analysis: { count: 0, ms: 0 } };
  const notReady = { coordinator: countCell(), processor: countCell() };
  const instrument = withPorts(instrumentOf({ ...work, notReady }));
  const { threads, ...rest } = options;
  const running = pipeline([source], {
    bars: 'tick',
    ...rest,
    ...(threads === undefined ? {} : { threads: { ...threads, instrument } }),
  });
  running.events$.subscribe({
    next: (event) => {
      if (event.type === 'served' && event.stage !== 'coordinator') {
        const service = services[event.stage as ServedStage];
        service.count += event.count;
        service.ms += event.totalMs;
      }
      if (!('edge' in event)) return;
      const edge = counts.get(event.edge);
      if (edge === undefined) return;
      if (event.type === 'delivered') edge.delivered += event.count;
      if (event.type !== 'backpressure') return;
      edge.events += event.count;
      edge.behind += event.behind ?? event.count;
    },
    error: () => undefined,
  });
  const others = watchOthers();
  const began = performance.now();
  running.start();
  const { error, startupMs = 0 } = await running.ended;
  for (const port of instrument.ports.coordinator) port.close();
  if (error !== undefined) throw error as Error;
  const ranMs = performance.now() - began - startupMs;
  const meanUs = ({ count, ms }: { readonly count: number; readonly ms: number }): number =>
    count === 0 ? 0 : (1_000 * ms) / count;
  const seen = [notReady.coordinator, notReady.processor].map(countIn);
  const edges = Object.fromEntries(
    [...counts].map(([edge, { delivered, events, behind }], index) => [
      edge,
      {
        delivered,
        events,
        behind,
        share: delivered === 0 ? 0 : events / delivered,
        seen: delivered === 0 ? 0 : (seen[index] as number) / delivered,
      },
    ]),
  ) as unknown as Shares;
  return {
    edges,
    serviceUs: { processor: meanUs(services.processor), analysis: meanUs(services.analysis) },
    ranMs,
    others: others(),
  };
}

/** A channel between the instruments of two consecutive stages, for copied lists. */
function withPorts(reference: ModuleReference) {
  const [first, second] = [new MessageChannel(), new MessageChannel()];
  return {
    ...reference,
    ports: {
      coordinator: [first.port1],
      processor: [first.port2, second.port1],
      analysis: [second.port2],
    },
  } satisfies ThreadInstrumentReference;
}
