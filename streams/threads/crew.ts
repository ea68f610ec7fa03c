import { MessageChannel } from 'node:worker_threads';
import type { Bar, Signal } from '../bar';
import type { BarWriter } from '../history';
import type { Interval } from '../interval';
import { StrategyError } from '../errors';
import { patiently } from '../patiently';
import type { PipelineOptions } from '../pipelineOptions';
import { Announcer } from './announcements';
import { BAR_COLUMNS, BarReceiver } from './barColumns';
import { AnnouncementCount, Board, ServingCells } from './board';
import type { Serving } from './board';
import { CopiedListsWriter } from './copying';
import { ITEM_COLUMNS } from './itemColumns';
import type { Account, FromStage } from './messages';
import { RemoteStage } from './remoteStage';
import { ringMemory } from './ring';
import { RingCells } from './ring';
import type { RingMemory } from './ring';
import { SharedWriter } from './sharedWriter';
import { StageFailure } from './stageFailure';
import { STAGE_TIMEOUT } from './threadsOptions';
import type { ThreadsOptions } from './threadsOptions';

type LastOrSignals = Extract<FromStage, { readonly type: 'signals' | 'ended' }>;

/** Entries of a ring; what does not fit waits with the producer. */
const SLOTS = 16_384;

/** Milliseconds that a stage has to finish the item it is at, once the run was stopped. */
const PATIENCE = 1_000;

export interface CrewEvents {
  readonly window: (stage: 'processor' | 'analysis', account: Account) => void;
  /** `sent`: how many items of each symbol the stage handed over. */
  readonly ended: (
    stage: 'processor' | 'analysis',
    account: Account,
    sent: ReadonlyMap<string, number>,
  ) => void;
  readonly signals: (signals: readonly Signal[]) => void;
  readonly bar: (bar: Bar) => void;
  readonly failed: (failure: Error) => void;
  /** All threads have ended; nothing is told any more. */
  readonly over: () => void;
}

/**
 * The threads of processor and analysis, and what the coordinator's thread shares with them: the
 * board, the rings and the columns.
 */
export class Crew {
  readonly board: Board;
  /** Where the coordinator appends base bars. */
  readonly writer: BarWriter;
  /** To the processor. */
  readonly ring: RingMemory = ringMemory({ ...ITEM_COLUMNS, slots: SLOTS });
  readonly copying: CopiedListsWriter | undefined;
  readonly #intervals: readonly Interval[];
  readonly #options: PipelineOptions & { readonly threads: ThreadsOptions };
  readonly #second = ringMemory({ ...ITEM_COLUMNS, slots: SLOTS });
  readonly #third = ringMemory({ ...BAR_COLUMNS, slots: SLOTS });
  readonly #bells = [new RingCells(this.ring).consumer, new RingCells(this.#second).consumer];
  readonly #boardMemory = Board.memory();
  readonly #announcer: Announcer;
  readonly #channels = {
    baseToProcessor: new MessageChannel(),
    baseToAnalysis: new MessageChannel(),
    derivedToAnalysis: new MessageChannel(),
    listsToProcessor: new MessageChannel(),
    listsToAnalysis: new MessageChannel(),
  };
  readonly #counts = { base: AnnouncementCount.memory(), derived: AnnouncementCount.memory() };
  #stages: readonly RemoteStage[] = [];
  #bars: BarReceiver | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #symbols: () => readonly string[] = () => [];
  #events: CrewEvents | undefined;

  constructor(
    intervals: readonly Interval[],
    options: PipelineOptions & { readonly threads: ThreadsOptions },
  ) {
    this.#intervals = intervals;
    this.#options = options;
    this.board = new Board(this.#boardMemory);
    const { baseToProcessor, baseToAnalysis, listsToProcessor } = this.#channels;
    this.#announcer = new Announcer(
      [baseToProcessor.port1, baseToAnalysis.port1],
      this.#counts.base,
    );
    this.writer = new SharedWriter(
      intervals,
      (segment) => {
        this.#announcer.announce({ segment });
      },
      options.history,
    );
    const { copying } = options.threads;
    if (copying !== undefined) {
      this.copying = new CopiedListsWriter({ ...copying, port: listsToProcessor.port1 });
    }
  }

  /** Tells the processor of a bar that is in no column. */
  readonly unfinished = (bar: Bar): void => {
    this.#announcer.announce({ bar });
  };

  get isBusy(): boolean {
    return this.#stages.some(({ serving }) => serving !== undefined);
  }

  /** Starts the threads; settles when both are ready, rejects where one cannot be. */
  async start(symbols: () => readonly string[]): Promise<void> {
    this.#symbols = symbols;
    const stages = [this.#processor(), this.#analysis()];
    this.#stages = stages;
    await Promise.all(stages.map(({ ready }) => ready));
  }

  /** @param origin what `performance.now()` says at the run's time 0 */
  begin(origin: number, events: CrewEvents): void {
    const { stageTimeout = STAGE_TIMEOUT } = this.#options.threads;
    this.#events = events;
    for (const stage of this.#stages) stage.begin(origin);
    this.#bars = new BarReceiver(this.#third, this.#intervals, this.#symbols, events.bar);
    this.#bars.look();
    if (stageTimeout === Infinity) return;
    this.#watch = setInterval(
      () => {
        for (const stage of this.#stages) {
          const { serving } = stage;
          const since = serving?.since ?? Infinity;
          if (stage.isOver || performance.now() - origin - since < stageTimeout) continue;
          events.failed(
            this.#failure(stage.stage, serving, `hangs: not done with it in ${stageTimeout} ms`),
          );
          void stage.terminate();
          return;
        }
      },
      Math.max(1, Math.min(stageTimeout / 4, 1_000)),
    );
  }

  /** Has the stages look at the board. */
  wake(): void {
    for (const bell of this.#bells) bell.ring();
  }

  /** Asks for the accounts of a window; returns which stages will give theirs. */
  ask(at: number): readonly ('processor' | 'analysis')[] {
    this.board.endWindow(at);
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
    this.board.stop();
    this.wake();
    const over = Promise.all(this.#stages.map((stage) => stage.over)).then(() => undefined);
    await patiently(over, PATIENCE);
    await Promise.all(this.#stages.map((stage) => stage.terminate()));
    this.drain();
    this.#events?.over();
    for (const { port1, port2 } of Object.values(this.#channels)) {
      port1.close();
      port2.close();
    }
  }

  #processor(): RemoteStage {
    const { options: given, common } = this.#common('processor');
    const { baseToProcessor, derivedToAnalysis, listsToProcessor, listsToAnalysis } =
      this.#channels;
    const { copying } = given.threads;
    const copied = copying === undefined ? undefined : listsToProcessor.port2;
    const copies = copying === undefined ? undefined : { ...copying, port: listsToAnalysis.port1 };
    const transfer = [baseToProcessor.port2, derivedToAnalysis.port1];
    return new RemoteStage(
      {
        ...common,
        stage: 'processor',
        incoming: this.ring,
        outgoing: this.#second,
        bars: this.#third,
        capacity: given.inbox ?? 1_048_576,
        overflow: given.overflow,
        announcements: [{ port: baseToProcessor.port2, count: this.#counts.base }],
        announce: { port: derivedToAnalysis.port1, count: this.#counts.derived },
        copied,
        copying: copies,
      },
      copies === undefined ? transfer : [...transfer, copied as never, copies.port],
      this.#hearing('processor'),
    );
  }

  #analysis(): RemoteStage {
    const { options: given, common } = this.#common('analysis');
    const { baseToAnalysis, derivedToAnalysis, listsToAnalysis } = this.#channels;
    const copied = given.threads.copying === undefined ? undefined : listsToAnalysis.port2;
    const transfer = [baseToAnalysis.port2, derivedToAnalysis.port2];
    return new RemoteStage(
      {
        ...common,
        stage: 'analysis',
        incoming: this.#second,
        strategies: given.threads.strategies ?? [],
        strict: given.strict ?? false,
        announcements: [
          { port: baseToAnalysis.port2, count: this.#counts.base },
          { port: derivedToAnalysis.port2, count: this.#counts.derived },
        ],
        copied,
      },
      copied === undefined ? transfer : [...transfer, copied],
      this.#hearing('analysis'),
    );
  }

  #common(stage: 'processor' | 'analysis') {
    const options = this.#options;
    const { threads, serviceTimes = {}, timings = true, batch = {} } = options;
    const { count, time } = batch;
    const serviceTime = serviceTimes[stage];
    const common = {
      board: this.#boardMemory,
      serving: ServingCells.memory(),
      intervals: this.#intervals,
      history: options.history,
      timings,
      serviceTime: typeof serviceTime === 'number' ? serviceTime : undefined,
      batch: { ...(count === undefined ? {} : { count }), ...(time === undefined ? {} : { time }) },
      burden: threads.burden?.[stage],
      itemTimes: threads.itemTimes !== undefined,
    };
    return { options, common };
  }

  #hearing(stage: 'processor' | 'analysis') {
    const { itemTimes, found } = this.#options.threads;
    return {
      window: (account: Account) => {
        itemTimes?.(stage, account.itemTimes);
        this.#events?.window(stage, account);
      },
      message: (message: LastOrSignals) => {
        if (message.type === 'signals') {
          this.#events?.signals(message.signals);
          return;
        }
        if (stage === 'processor') {
          this.drain();
          for (const bar of message.bars) this.#events?.bar(bar);
        }
        itemTimes?.(stage, message.account.itemTimes);
        if (stage === 'processor') found?.('processor-analysis', message.found);
        this.#events?.ended(stage, message.account, message.sent);
      },
      failed: (found: string, cause: unknown) => {
        const serving = this.#stages.find((one) => one.stage === stage)?.serving;
        const strict = cause instanceof StrategyError;
        this.#events?.failed(strict ? cause : this.#failure(stage, serving, found, cause));
      },
    };
  }

  #failure(
    stage: 'processor' | 'analysis',
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
