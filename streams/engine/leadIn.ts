import { ChunkReader } from '../../operators/kernel/chunkReader';
import { CHECK_EVERY, TimeSlice } from '../../operators/time/timeSlice';
import type { Micros } from '../bars/bar';
import type { Feed } from '../bars/feed';
import type { BarReader } from '../bars/history';
import type { Item } from '../bars/item';
import type { PipelineEvent } from '../events';
import { StrategyRunner } from '../strategies/strategyRunner';
import type { StrategyRunnerOptions } from '../strategies/strategyRunner';
import type { Strategy } from '../strategies/strategy';

/** What strategies said in the lead-in: none of it leaves the run. */
export interface LeadInTally {
  readonly signals: number;
  readonly errors: number;
  /** The first error's message. */
  readonly error?: string;
}

export type LeadInEvent = Extract<PipelineEvent, { readonly type: 'leadIn' }>;

/** Where the items of the lead-in go, a chunk at a time; a promise where that takes its time. */
export interface LeadInStages {
  readonly take: (items: readonly Item[]) => PromiseLike<void> | undefined;
  readonly tally: () => LeadInTally;
}

/**
 * Feeds what comes before the session to the stages, as fast as they take it, before the run's clock
 * starts. Edges, meters and accounts see nothing of it.
 */
export class LeadIn {
  readonly #feed: Feed;
  readonly #stages: LeadInStages;
  readonly #from: Micros;
  readonly #chunks: ChunkReader<Item>;
  readonly #began = performance.now();
  #isClosed = false;

  /** @param from market time at which it begins */
  constructor(feed: Feed, from: Micros, stages: LeadInStages) {
    this.#feed = feed;
    this.#from = from;
    this.#stages = stages;
    this.#chunks = new ChunkReader(feed.read());
  }

  /** What to say of it when it is over; a promise once something takes its time. */
  run(): LeadInEvent | Promise<LeadInEvent> {
    const later = this.#readOn();
    return later === undefined ? this.#event() : later.then(() => this.#event());
  }

  /** Ends it, and what is being read. */
  close(): void {
    this.#isClosed = true;
    this.#chunks.leave();
  }

  #readOn(): Promise<void> | undefined {
    const chunks = this.#chunks;
    while (!this.#isClosed) {
      if (chunks.hasNext) {
        const items: Item[] = [];
        while (chunks.hasNext) items.push(chunks.take());
        const later = this.#stages.take(items);
        if (later !== undefined) return Promise.resolve(later).then(() => this.#readOn());
      }
      if (!this.#feed.leads || chunks.isOver) return undefined;
      const later = chunks.ask();
      if (later !== undefined) return Promise.resolve(later).then(() => this.#readOn());
    }
    return undefined;
  }

  #event(): LeadInEvent {
    const { rows, base } = this.#feed.led;
    const ms = performance.now() - this.#began;
    return { type: 'leadIn', at: 0, from: this.#from, rows, base, ms, ...this.#stages.tally() };
  }
}

/** Processor and analysis in this thread, without meters. */
export function localStages(
  process: (item: Item) => readonly Item[],
  strategies: LeadInStrategies,
): LeadInStages {
  const slice = new TimeSlice(CHECK_EVERY);
  const take = (items: readonly Item[]): Promise<void> | undefined =>
    inTurn(items, (item) => {
      const later = inTurn(process(item), strategies.hear);
      return later ?? (slice.isOver ? slice.yieldToEventLoop() : undefined);
    });
  return { take, tally: () => strategies.tally() };
}

/** Strategies as they hear of the lead-in: what they say is counted, and goes nowhere. */
export class LeadInStrategies {
  readonly #history: BarReader;
  readonly #runner: StrategyRunner;
  #signals = 0;
  #errors = 0;
  #first: string | undefined;
  #isClosed = false;

  constructor(
    history: BarReader,
    strategies: readonly Strategy[],
    options: Pick<StrategyRunnerOptions, 'strict' | 'stageTimeout' | 'callMonitor' | 'moments'>,
  ) {
    this.#history = history;
    this.#runner = new StrategyRunner(history, strategies, { ...options, isLeadIn: true });
  }

  readonly hear = (output: Item): Promise<void> | undefined => {
    if (output.bar?.complete === false) return undefined;
    this.#history.reached(output);
    const signals = this.#runner.run(output, undefined, () => this.#isClosed);
    if (signals instanceof Promise) {
      return signals.then(({ length }) => {
        this.#signals += length;
      });
    }
    this.#signals += signals?.length ?? 0;
    return undefined;
  };

  close(): void {
    this.#isClosed = true;
  }

  tally(): LeadInTally {
    for (const { strategy, errors, error = '' } of this.#runner.totals(0)) {
      this.#errors += errors;
      if (errors > 0) this.#first ??= `${strategy}: ${error}`;
    }
    const error = this.#first === undefined ? {} : { error: this.#first };
    return { signals: this.#signals, errors: this.#errors, ...error };
  }
}

/** Calls `work` with one item after another; a promise once one of them takes its time. */
export function inTurn<T>(
  items: readonly T[],
  work: (item: T) => PromiseLike<void> | undefined,
  first = 0,
): Promise<void> | undefined {
  for (let at = first; at < items.length; at += 1) {
    const later = work(items[at] as T);
    if (later !== undefined) return Promise.resolve(later).then(() => inTurn(items, work, at + 1));
  }
  return undefined;
}
