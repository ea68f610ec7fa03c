import fc from 'fast-check';
import type { SchedulerLike } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { VirtualClock } from '../../operators';
import type { EdgeEventType } from '../../operators';
import type {
  EdgeName,
  Item,
  Mode,
  Outcome,
  Pipeline,
  PipelineEvent,
  PipelineOptions,
  RowSource,
  Strategy,
} from '../../streams';
import { breakout, pipeline, smaCross } from '../../streams';
import { brief, said, ticksOf } from './given';

/** What was seen of a pipeline from outside. */
export interface Trace {
  readonly flow: Pipeline;
  readonly bars: string[];
  readonly signals: string[];
  readonly events: PipelineEvent[];
  /** How many complete bars the processor had emitted when each of the events happened. */
  readonly emitted: number[];
  outcome?: Outcome;
}

export function traceOf(sources: readonly RowSource[], options: PipelineOptions): Trace {
  const flow = pipeline(sources, options);
  const trace: Trace = { flow, bars: [], signals: [], events: [], emitted: [] };
  let emitted = 0;
  flow.bars$.subscribe((bar) => {
    trace.bars.push(said(bar));
    if (bar.complete) emitted += 1;
  });
  flow.signals$.subscribe((signal) => trace.signals.push(JSON.stringify(signal)));
  flow.events$.subscribe((event) => {
    trace.events.push(event);
    trace.emitted.push(emitted);
  });
  return trace;
}

/** Something that is done to a pipeline at a time. */
export type Script = readonly (readonly [at: number, act: (flow: Pipeline) => void])[];

function rehearse(script: Script, scheduler: SchedulerLike, flow: Pipeline): void {
  for (const [at, act] of script) {
    scheduler.schedule(() => {
      act(flow);
    }, at);
  }
}

/** A run on a virtual clock. */
export async function simulated(
  sources: readonly RowSource[],
  options: PipelineOptions,
  script: Script = [],
): Promise<Trace> {
  const scheduler = new VirtualClock();
  const trace = traceOf(sources, { ...options, scheduler });
  rehearse(script, scheduler, trace.flow);
  trace.flow.start();
  trace.outcome = await trace.flow.ended;
  return trace;
}

/** A run on a `TestScheduler`: over when this returns, but for promises. */
export function inMarbles(
  sources: readonly RowSource[],
  options: PipelineOptions,
  script: Script = [],
): Trace {
  const scheduler = new TestScheduler(() => undefined);
  return scheduler.run(({ flush }) => {
    const trace = traceOf(sources, { ...options, scheduler });
    rehearse(script, scheduler, trace.flow);
    trace.flow.start();
    flush();
    return trace;
  });
}

export type Counts = Record<EdgeEventType | 'burst' | 'behind' | 'started' | 'served', number>;

/** What the events say of an edge and of the stage behind it. */
export function countsOn(edge: EdgeName, events: readonly PipelineEvent[]): Counts {
  const stage = edge === 'coordinator-processor' ? 'processor' : 'analysis';
  const counts: Counts = {
    delivered: 0,
    backpressure: 0,
    overrun: 0,
    dropped: 0,
    discarded: 0,
    burst: 0,
    behind: 0,
    started: 0,
    served: 0,
  };
  for (const event of events) {
    if (event.type === 'served' && event.stage === stage) counts.served += event.count;
    if (event.type === 'lateness' && event.edge === edge) counts.started += event.count;
    if (!('edge' in event) || event.edge !== edge || event.type === 'lateness') continue;
    if (event.type === 'counts') {
      const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
      counts.delivered += sum(event.delivered);
      counts.backpressure += sum(event.backpressure);
      counts.burst += sum(event.burst);
      counts.behind += sum(event.backpressure) - sum(event.burst);
      counts.overrun += event.overruns;
      counts.dropped += event.dropped;
      counts.discarded += event.discarded;
      continue;
    }
    counts[event.type] += event.count;
    counts.burst += event.burst ?? 0;
    counts.behind += event.behind ?? 0;
  }
  return counts;
}

/** Tells in signals everything that it can read, of every symbol and interval, at every bar. */
export const reader = (): Strategy => ({
  name: 'reader',
  onBar(bar, context) {
    const read = context.symbols.flatMap((symbol) =>
      context.intervals.map((interval) => {
        const view = context.history(symbol, interval);
        const { time = -Infinity } = view;
        const future = time > context.time ? ' FUTURE' : '';
        return `${symbol}${interval}:${view.length}:${view.last('close') ?? ''}@${time}${future}`;
      }),
    );
    return { side: 'flat', note: read.join(' ') };
  },
});

/** The reader again, with an answer that takes its time. */
export const slowReader = (): Strategy => ({
  ...reader(),
  name: 'slow-reader',
  async onBar(bar, context) {
    const before = context.history().close;
    const values = [...before];
    await new Promise((resolve) => setImmediate(resolve));
    if (values.some((value, row) => value !== before[row])) throw new Error('a view has changed');
    return reader().onBar(bar, context);
  },
});

export const EVERYONE: NonNullable<PipelineOptions['strategies']> = [
  reader,
  () => breakout({ bars: 2 }),
  () => smaCross({ fast: 1, slow: 2 }),
];

/** A random input: ticks of three symbols, on a grid of quarters of a second, with gaps. */
export interface Input {
  readonly ticks: readonly string[];
  /** Milliseconds, in turn. */
  readonly processor: readonly number[];
  readonly analysis: readonly number[];
}

const SERVICE_TIMES = [0, 0, 125, 250, 500, 1_000, 2_500];
const serviceTimes = (): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(...SERVICE_TIMES), { minLength: 1, maxLength: 8 });

/** A failing one is printed as the marble that reproduces it. */
export const inputs = (): fc.Arbitrary<Input> =>
  fc
    .record({
      ticks: fc
        .array(
          fc.tuple(
            fc.constantFrom(0, 0, 0, 0.25, 0.5, 1, 1, 7),
            fc.constantFrom('A', 'B', 'C'),
            fc.integer({ min: 1, max: 9 }),
          ),
          {
            maxLength: 40,
          },
        )
        .map((steps) => {
          let second = 0;
          return steps.map(([step, symbol, price]) => `${symbol} ${(second += step)} ${price}`);
        }),
      processor: serviceTimes(),
      analysis: serviceTimes(),
    })
    .map((input) => {
      Object.defineProperty(input, fc.toStringMethod, { value: () => pictureOf(input) });
      return input;
    });

/** The ticks' symbols, a frame for each quarter of a second, and beneath it their prices and the service times. */
function pictureOf({ ticks, processor, analysis }: Input): string {
  const frames: string[] = [];
  const rows = ticks.map((text) => text.split(' ') as [string, string, string]);
  for (const [symbol, second] of rows) {
    const frame = Number(second) * 4;
    while (frames.length <= frame) frames.push('');
    frames[frame] = `${frames[frame] ?? ''}${symbol}`;
  }
  const marble = frames.map((symbols) =>
    symbols === '' ? '-' : symbols.length === 1 ? symbols : `(${symbols})`,
  );
  return [
    `\n  ticks      ${marble.join('')}|   a frame is 250 ms`,
    `\n  prices     ${rows.map(([, , price]) => price).join(' ')}`,
    `\n  processor  ${processor.join(' ')} ms, in turn`,
    `\n  analysis   ${analysis.join(' ')} ms, in turn\n`,
  ].join('');
}

export const sourceOf = ({ ticks }: Input): RowSource => ticksOf(...ticks);

/** Service times that are taken in turn, and who was served, in order. */
export function inTurn(times: readonly number[]): {
  readonly served: { readonly item: string; readonly cause: Item; readonly time: number }[];
  readonly time: (item: Item) => number;
} {
  const served: { item: string; cause: Item; time: number }[] = [];
  return {
    served,
    time: (item) => {
      const time = times[served.length % times.length] as number;
      served.push({ item: brief(item), cause: { ...item }, time });
      return time;
    },
  };
}

/** A random sequence of mode switches, pauses and speeds, that ends with the run going on. */
interface Change {
  readonly at: number;
  readonly what: Mode | 'pause' | 'resume' | number;
}

export const changes = (): fc.Arbitrary<Change[]> =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 120 }).map((eighths) => eighths * 125),
        what: fc.constantFrom<Change['what']>('clock', 'data', 'pause', 'resume', 0.5, 1, 4),
      }),
      { maxLength: 8 },
    )
    .map((all) => [...all.sort((a, b) => a.at - b.at), { at: 15_125, what: 'resume' as const }]);

export const scriptOf = (all: readonly Change[]): Script =>
  all.map(({ at, what }) => [
    at,
    (flow) => {
      if (what === 'pause') flow.pause();
      else if (what === 'resume') flow.resume();
      else if (typeof what === 'number') flow.setSpeed(what);
      else flow.setMode(what);
    },
  ]);
