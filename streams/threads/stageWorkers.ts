import type { ServedStage } from '../topology';
import type { Bar, Signal } from '../bars/bar';
import type { BarWriter } from '../bars/history';
import type { Interval } from '../bars/interval';
import { causeText } from '../causeText';
import { StrategyError } from '../errors';
import { settleWithin } from '../engine/settleWithin';
import { SegmentPublisher } from './segmentRegistry';
import { BarReceiver } from './barColumns';
import { SharedControl } from './sharedControl';
import type { Serving } from './sharedControl';
import type { Account, FromStage, StageWork } from './messages';
import type { LeadInStages, LeadInTally } from '../engine/leadIn';
import { itemBatch } from './itemBatch';
import type { ItemBatch } from './itemBatch';
import { RemoteStage } from './remoteStage';
import type { LedIn } from './remoteStage';
import { ServiceReader } from './serviceReader';
import { RingCells } from './ring';
import type { RingMemory } from './ring';
import { SharedWriter } from './sharedWriter';
import { StageFailure } from './stageFailure';
import { threadInstrument } from './threadInstrument';
import type { ThreadWaits } from './threadWaits';
import type { ThreadInstrument } from './threadInstrument';
import { STAGE_TIMEOUT } from './threadsOptions';
import { Channels } from './channels';
import type { Assignment, ThreadedOptions } from './channels';

type Told = Extract<FromStage, { readonly type: 'signals' | 'services' | 'ended' }>;

/** Milliseconds that a stage has to finish the item it is at, once the run was stopped. */
const PATIENCE = 1_000;

interface StageWorkersEvents {
  readonly onWindow: (stage: ServedStage, account: Account) => void;
  /** `sent`: how many items of each symbol the stage handed over. */
  readonly onEnd: (stage: ServedStage, account: Account, sent: ReadonlyMap<string, number>) => void;
  readonly onSignals: (signals: readonly Signal[]) => void;
  readonly onBar: (bar: Bar) => void;
  readonly onFailure: (failure: Error) => void;
  /** All threads have ended; nothing is reported any more. */
  readonly onClose: () => void;
}

/** The threads of processor and analysis, as the coordinator's thread commands them. */
export class StageWorkers {
  readonly control: SharedControl;
  /** Where the coordinator appends base bars. */
  readonly writer: BarWriter;
  /** To the processor. */
  readonly ring: RingMemory;
  readonly #intervals: readonly Interval[];
  readonly #options: ThreadedOptions;
  readonly #channels: Channels;
  readonly #waitCells;
  readonly #announcer: SegmentPublisher;
  #stages: readonly RemoteStage[] = [];
  #bars: BarReceiver | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #symbols: () => readonly string[] = () => [];
  #events: StageWorkersEvents | undefined;
  #instrument: ThreadInstrument = {};
  readonly #waits: (ThreadWaits | undefined)[] = [];

  constructor(intervals: readonly Interval[], options: ThreadedOptions) {
    this.#intervals = intervals;
    this.#options = options;
    const channels = (this.#channels = new Channels(intervals, options));
    this.control = new SharedControl(channels.control);
    this.ring = channels.toProcessor;
    this.#waitCells = [channels.toProcessor, channels.toAnalysis].map(
      (ring) => new RingCells(ring).consumer,
    );
    this.#announcer = new SegmentPublisher(channels.announce, channels.counts.base);
    this.writer = new SharedWriter(
      intervals,
      (segment) => {
        this.#announcer.announce({ segment });
      },
      options.history,
    );
  }

  /** Tells the processor of a bar that is in no column. */
  readonly announceUnfinished = (bar: Bar): void => {
    this.#announcer.announce({ bar });
  };

  /** The coordinator's. */
  get instrument(): ThreadInstrument {
    return this.#instrument;
  }

  get isBusy(): boolean {
    return this.#stages.some(({ serving }) => serving !== undefined);
  }

  /** How the threads that have ended fared with the system's scheduler. */
  get waits(): readonly (ThreadWaits | undefined)[] {
    return this.#waits;
  }

  /** Starts the threads; settles when both are ready, rejects where one cannot be. */
  async start(symbols: () => readonly string[]): Promise<void> {
    this.#symbols = symbols;
    this.#instrument = threadInstrument(this.#options.threads.instrument, 'coordinator');
    const stages = [
      this.#startStage(this.#channels.processor()),
      this.#startStage(this.#channels.analysis()),
    ];
    this.#stages = stages;
    await Promise.all(stages.map(({ ready }) => ready));
  }

  /** Where the history before the run goes: to the processor, and what comes of it to the analysis. */
  leadIn(): LeadInStages {
    const [processor, analysis] = this.#stages as readonly [RemoteStage, RemoteStage];
    let tally: LeadInTally = { signals: 0, errors: 0 };
    return {
      take: async (items) => {
        const { outputs } = await this.#ledThrough(processor, itemBatch(items));
        ({ tally } = await this.#ledThrough(analysis, outputs));
      },
      tally: () => tally,
    };
  }

  /** What a stage makes of a batch; rejects where it fails, or does not come back from a call. */
  #ledThrough(stage: RemoteStage, batch: ItemBatch): Promise<LedIn> {
    const { stageTimeout: ms = STAGE_TIMEOUT } = this.#options.threads;
    return new Promise((resolve, reject) => {
      const fail = (found: string, cause?: unknown): void => {
        reject(this.#failure(stage.stage, stage.serving, found, cause));
      };
      const look = (): void => {
        const { serving } = stage;
        if (serving === undefined || stage.now() - serving.since < ms) return;
        clearInterval(watch);
        fail(`hangs: not done with it in ${ms} ms`);
      };
      const watch = setInterval(look, Math.max(1, Math.min(ms / 4, 1_000)));
      stage.leadIn(batch).then(
        (answer) => {
          clearInterval(watch);
          resolve(answer);
        },
        (error: unknown) => {
          clearInterval(watch);
          if (error instanceof StrategyError) reject(error);
          else fail(causeText(error), error);
        },
      );
    });
  }

  /** @param origin what `performance.now()` says at the run's time 0 */
  begin(origin: number, events: StageWorkersEvents): void {
    const { stageTimeout = STAGE_TIMEOUT } = this.#options.threads;
    this.#events = events;
    for (const stage of this.#stages) stage.begin(origin);
    this.#bars = new BarReceiver(this.#channels.bars, this.#intervals, this.#symbols, events.onBar);
    this.#bars.look();
    if (stageTimeout === Infinity) return;
    this.#watch = setInterval(
      () => {
        for (const stage of this.#stages) {
          const { serving } = stage;
          const since = serving?.since ?? Infinity;
          if (stage.isOver || performance.now() - origin - since < stageTimeout) continue;
          events.onFailure(
            this.#failure(stage.stage, serving, `hangs: not done with it in ${stageTimeout} ms`),
          );
          void stage.terminate();
          return;
        }
      },
      Math.max(1, Math.min(stageTimeout / 4, 1_000)),
    );
  }

  /** Has the stages look at the control. */
  wake(): void {
    for (const waitCell of this.#waitCells) waitCell.notify();
  }

  /** Asks for the accounts of a window; returns which stages will give theirs. */
  ask(at: number): readonly ServedStage[] {
    this.control.endWindow(at);
    this.wake();
    return this.#stages.filter(({ isOver }) => !isOver).map(({ stage }) => stage);
  }

  /** Hands out the bars that have come. */
  drain(): void {
    this.#bars?.drain();
  }

  /** Ends the threads: those that hear have their say, the others are ended. */
  async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.control.stop();
    this.wake();
    const over = Promise.all(this.#stages.map((stage) => stage.over)).then(() => undefined);
    // Before the run nobody listens.
    if (this.#events !== undefined) await settleWithin(over, PATIENCE);
    await Promise.all(this.#stages.map((stage) => stage.terminate()));
    this.drain();
    this.#events?.onClose();
    this.#channels.close();
  }

  #startStage({ work, transfer }: Assignment<StageWork>): RemoteStage {
    return new RemoteStage(work, transfer, this.#eventsOf(work.stage));
  }

  #eventsOf(stage: ServedStage) {
    const { itemMeter } = this.#options;
    const reader = itemMeter === undefined ? undefined : new ServiceReader(stage, itemMeter);
    return {
      onWindow: (account: Account) => {
        this.#events?.onWindow(stage, account);
      },
      onMessage: (message: Told) => {
        if (message.type === 'services') {
          reader?.read(message.services);
          return;
        }
        if (message.type === 'signals') {
          this.#events?.onSignals(message.signals);
          return;
        }
        this.#waits.push(message.waits);
        if (stage === 'processor') {
          this.drain();
          for (const bar of message.bars) this.#events?.onBar(bar);
        }
        this.#events?.onEnd(stage, message.account, message.sent);
      },
      onFailure: (found: string, cause: unknown) => {
        const serving = this.#stages.find((one) => one.stage === stage)?.serving;
        const strict = cause instanceof StrategyError;
        this.#events?.onFailure(strict ? cause : this.#failure(stage, serving, found, cause));
      },
    };
  }

  #failure(
    stage: ServedStage,
    serving: Serving | undefined,
    found: string,
    cause?: unknown,
  ): StageFailure {
    const { strategies = [] } = this.#options.threads;
    return new StageFailure(
      {
        stage,
        strategy: strategies[serving?.strategy ?? -1]?.name,
        symbol: this.#symbols()[serving?.symbol ?? -1],
        interval: this.#intervals[serving?.interval ?? -1]?.name,
        start: serving?.start,
      },
      found,
      { cause },
    );
  }
}
