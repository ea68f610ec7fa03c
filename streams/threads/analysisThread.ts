import { tap } from 'rxjs';
import { analysis } from '../engine/analysis';
import type { Signal } from '../bars/bar';
import type { BarReader } from '../bars/history';
import { LeadInStrategies } from '../engine/leadIn';
import type { LeadInTally } from '../engine/leadIn';
import { itemsIn } from './itemBatch';
import type { ItemBatch } from './itemBatch';
import { ServingCells } from './sharedControl';
import { makeStrategies } from '../strategies/makeStrategies';
import type { MomentCalls } from '../strategies/momentCalls';
import { StrategyRunner } from '../strategies/strategyRunner';
import type { Strategy } from '../strategies/strategy';
import { wrapStrategy } from '../strategies/wrapStrategy';
import type { SegmentRegistry } from './segmentRegistry';
import { callModule } from './callModule';
import type { AnalysisWork } from './messages';
import type { ThreadStrategy } from './moduleReference';
import type { ThreadEnds } from './processorThread';
import { StageThread } from './stageThread';

/** This many signals leave together, unless the stage idles before, or they have waited a moment. */
const BATCH = 256;
/** Milliseconds. */
const MAX_DELAY = 2;

/** The strategies that this thread runs; throws what is wrong with one. */
export function threadStrategiesOf({ strategies, intervals }: AnalysisWork): readonly Strategy[] {
  return makeStrategies(
    strategies.map((reference) => () => strategyOf(reference)),
    intervals,
  );
}

/** It has the name that the coordinator's thread knows it by. A wrapper: it may have private state. */
function strategyOf(reference: ThreadStrategy): Strategy {
  return wrapStrategy(callModule(reference) as Strategy, { name: reference.name });
}

/** Signals on their way to the coordinator's thread. */
class SignalBatcher {
  readonly #send: (signals: readonly Signal[]) => void;
  #signals: Signal[] = [];
  #since = 0;

  constructor(send: (signals: readonly Signal[]) => void) {
    this.#send = send;
  }

  add(signal: Signal, now: number): void {
    if (this.#signals.length === 0) this.#since = now;
    this.#signals.push(signal);
  }

  flush(): void {
    if (this.#signals.length === 0) return;
    this.#send(this.#signals);
    this.#signals = [];
  }

  flushSoon(now: () => number, isIdle: boolean): void {
    const { length } = this.#signals;
    if (length === 0) return;
    if (isIdle || length >= BATCH || now() - this.#since >= MAX_DELAY) this.flush();
  }
}

/** Strategies hear of the history before the run. */
export class AnalysisLeadIn {
  readonly #rows: SegmentRegistry;
  readonly #serving: ServingCells;
  readonly #strategies: LeadInStrategies;

  constructor(
    work: AnalysisWork,
    strategies: readonly Strategy[],
    moments: MomentCalls,
    rows: SegmentRegistry,
  ) {
    this.#rows = rows;
    this.#serving = new ServingCells(work.serving);
    const { strict } = work;
    this.#strategies = new LeadInStrategies(rows.reader, strategies, { strict, moments });
  }

  async take(batch: ItemBatch): Promise<LeadInTally> {
    for (const item of itemsIn(batch, this.#rows)) {
      const { symbol, interval, bar } = item;
      this.#serving.begin({ since: performance.now(), symbol, interval, start: bar?.start ?? 0 });
      const later = this.#strategies.hear(item);
      if (later !== undefined) await later;
    }
    this.#serving.end();
    return this.#strategies.tally();
  }
}

/** Strategies of whose calls other threads see which one goes on. */
export function announcing(
  { serving: memory }: AnalysisWork,
  strategies: readonly Strategy[],
): readonly Strategy[] {
  const serving = new ServingCells(memory);
  return strategies.map((strategy, index) =>
    wrapStrategy(strategy, {
      around: (call) => {
        serving.strategy(index);
        return call();
      },
    }),
  );
}

/** The analysis stage in its own thread: strategies read every row where its writer put it. */
export function analysisThread(
  work: AnalysisWork,
  strategies: readonly Strategy[],
  moments: MomentCalls,
  rows: SegmentRegistry,
  origin: number,
  ends: ThreadEnds & { readonly onSignals: (signals: readonly Signal[]) => void },
): void {
  const batcher = new SignalBatcher(ends.onSignals);
  const thread: StageThread = new StageThread({
    work,
    origin,
    rows,
    onError: ends.onError,
    onServices: ends.onServices,
    onWindowEnd: (account) => {
      batcher.flush();
      ends.onWindowEnd(account);
    },
    onEnd: (account) => {
      batcher.flush();
      ends.onEnd(account);
    },
    eventsAt: (at, kind) => runner.flush(at, kind),
    onTurn: (isIdle) => {
      batcher.flushSoon(now, isIdle);
    },
  });
  const { clock, instrument } = thread;
  const now = (): number => clock.now();
  const runner = new StrategyRunner(rows.reader, strategies, {
    moments,
    stopwatch: work.timings ? () => performance.now() : undefined,
    strict: work.strict,
  });
  const { log, account } = thread;
  const { meter } = account;
  runner.observe(
    log === undefined
      ? meter
      : {
          onCharge: (strategy, took) => {
            meter.onCharge(strategy, took);
            log.onCharge(strategy, took);
          },
          onAwaited: (ms) => {
            meter.onAwaited(ms);
            log.onAwaited(ms);
          },
        },
  );
  const { reader } = rows;
  const reading: BarReader = {
    intervals: reader.intervals,
    symbols: (pin) => reader.symbols(pin),
    view: (symbol, interval, pin) => reader.view(symbol, interval, pin),
    quote: (symbol, pin) => reader.quote(symbol, pin),
    // The first thing that a service does.
    reached: () => {
      instrument.onItem?.();
    },
  };

  thread.run((items) =>
    items.pipe(
      thread.incoming(),
      analysis(reading, runner, thread.serves<Signal>()),
      tap((signal) => {
        batcher.add(signal, now());
      }),
    ),
  );
}
