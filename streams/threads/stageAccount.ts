import { EDGE_BEFORE } from '../topology';
import { Subject } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeName, PipelineEvent } from '../events';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';
import { StageEvidence } from '../engine/evidence';
import { StageMeter } from '../engine/stageMeter';
import type { Account, StageWork } from './messages';
import type { ThreadInstrument } from './threadInstrument';

interface StageAccountOptions {
  readonly work: StageWork;
  readonly clock: SchedulerLike;
  readonly dueFloor: () => number;
  /** Whether hand-overs are counted: clock-driven they are. */
  readonly isClockDriven: () => boolean;
  readonly onServed: ThreadInstrument['onServed'];
  /** More events at a window's end, after the stage's own. */
  readonly eventsAt?: ((at: number) => readonly PipelineEvent[]) | undefined;
}

/** What a stage's thread counts and measures between one window and the next. */
export class StageAccount {
  /** Derived bars since the last window. */
  derived = 0;
  readonly meter: StageMeter;
  readonly #options: StageAccountOptions;
  readonly #flushes = new Subject<void>();
  readonly #discards: EdgeEventBatcher;
  #events: PipelineEvent[] = [];

  constructor(options: StageAccountOptions) {
    const { work, dueFloor, onServed } = options;
    this.#options = options;
    const evidence = new StageEvidence({
      stage: work.stage,
      baseInterval: work.intervals[0]?.length ?? 0,
      intervals: work.intervals.length,
      strategies: work.stage === 'analysis' ? work.strategies.map(({ name }) => name) : [],
    });
    this.meter = new StageMeter({
      stage: work.stage,
      edge: this.edge,
      dueFloor,
      evidence,
      isClockDriven: options.isClockDriven,
      onServed:
        onServed === undefined
          ? undefined
          : (_, serviceTime) => {
              onServed(serviceTime);
            },
    });
    this.#discards = new EdgeEventBatcher({ ...this.counted, edge: this.edge });
  }

  /** The one before the stage. */
  get edge(): EdgeName {
    return EDGE_BEFORE[this.#options.work.stage];
  }

  /** How the thread's operators count. */
  get counted() {
    const { work, clock } = this.#options;
    return {
      events: {
        next: (event: PipelineEvent) => {
          this.#events.push(event);
        },
      },
      batch: { ...work.batch, when: this.#flushes },
      scheduler: clock,
    };
  }

  discarded(item: Item): void {
    if (isBar(item)) this.#discards.add('discarded', symbolOf(item), this.#options.clock.now());
  }

  /** Nothing is discarded any more. */
  close(): void {
    this.#discards.close();
  }

  /** Of the window that ends at `at`. */
  take(at: number): Account {
    this.#flushes.next();
    this.#discards.flush();
    const { busyMs, blockedMs, events } = this.meter.flush(at);
    const all = [...this.#events, ...events, ...(this.#options.eventsAt?.(at) ?? [])];
    this.#events = [];
    const { derived } = this;
    this.derived = 0;
    return { events: all, busyMs, blockedMs, derived };
  }
}
