import { join } from 'node:path';
import type { Bar, Pipeline, PipelineEvent, PipelineOptions, Signal, Tick } from '../../../streams';
import { pipeline } from '../../../streams';
import { fromTicks } from '../../../streams/sources';
import type { ModuleReference, ThreadStrategy } from '../../../streams/threads/moduleReference';

export const MODULE = join(__dirname, 'strategies.cjs');

export const strategy = (name: string, argument?: unknown): ThreadStrategy => ({
  name,
  module: MODULE,
  export: name,
  argument,
});

/** For `ThreadsOptions.instrument`. */
export const instrument = (argument: unknown): ModuleReference => ({
  module: MODULE,
  export: 'instrument',
  argument,
});

export interface Ran {
  readonly outcome: string;
  readonly error: unknown;
  readonly bars: readonly Bar[];
  readonly signals: readonly Signal[];
  readonly events: readonly PipelineEvent[];
}

/** Runs to the end and keeps everything. */
export async function ran(
  source: readonly Tick[],
  options: PipelineOptions,
  meanwhile?: (running: Pipeline) => void,
): Promise<Ran> {
  const running = pipeline([fromTicks(source)], options);
  const bars: Bar[] = [];
  const signals: Signal[] = [];
  const events: PipelineEvent[] = [];
  running.bars$.subscribe((bar) => bars.push(bar));
  running.signals$.subscribe((signal) => signals.push(signal));
  running.events$.subscribe((event) => events.push(event));
  meanwhile?.(running);
  running.start();
  const { outcome, error } = await running.ended;
  return { outcome, error, bars, signals, events };
}

export function edgeCount(
  { events }: Pick<Ran, 'events'>,
  edge: string,
  type: 'delivered' | 'backpressure' | 'overrun' | 'dropped' | 'discarded',
): number {
  const columns = { delivered: 0, backpressure: 0, overrun: 0, dropped: 0, discarded: 0 };
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  for (const event of events) {
    if (event.type === 'counts' && event.edge === edge) {
      columns.delivered += sum(event.delivered);
      columns.backpressure += sum(event.backpressure);
      columns.overrun += event.overruns;
      columns.dropped += event.dropped;
      columns.discarded += event.discarded;
    } else if (event.type === type && event.edge === edge) columns[type] += event.count;
  }
  return columns[type];
}

export const servedCount = ({ events }: Pick<Ran, 'events'>, stage: string): number =>
  events.reduce(
    (total, event) =>
      event.type === 'served' && event.stage === stage ? total + event.count : total,
    0,
  );

/** A market of its own for each seed: symbols that come and go, prices that wander. */
export function market(seed: number, length: number): Tick[] {
  let state = seed * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  let time = 0;
  return Array.from({ length }, (_, row) => {
    time += Math.floor(next() * 400_000);
    const symbol = 'ABCD'[Math.floor(next() * Math.min(4, 1 + row / 50))] as string;
    return { symbol, time, price: 100 + Math.round(next() * 1_000) / 100, size: 1 + (row % 7) };
  });
}
