import { EDGE_BEFORE } from '../topology';
import { Subject } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeName, PipelineEvent } from '../events';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';
import { StageEvidence } from '../engine/evidence';
import { StageMeter } from '../engine/stageMeter';
import type { FlushKind } from '../strategies/workLedger';
import type { Account, StageWork } from './messages';
import type { ServiceLog } from './serviceLog';
import type { ThreadInstrument } from './threadInstrument';

interface StageAccountOptions {
  readonly work: StageWork;
  readonly clock: SchedulerLike;
  readonly dueFloor: () => number;
  /** Whether hand-overs are counted: clock-driven they are. */
  readonly isClockDriven: () => boolean;
  readonly onServed: ThreadInstrument['onServed'];
  readonly log: ServiceLog | undefined;
  /** More events at a window's end, after the stage's own. */
  readonly eventsAt?: ((at: number, kind: FlushKind) => readonly PipelineEvent[]) | undefined;
}

/** What a stage's thread counts and measures between one window and the next. */
export class StageAccount {
  /** Derived bars since the last window. */
  derived = 0;
  /** What the thread did so far: services, and all that it takes to get at items and to hand outputs over. */
  pumpedMs = 0;
  #servedMs = 0;
  #handedOverMs = 0;
  readonly meter: StageMeter;
  readonly #options: StageAccountOptions;
  readonly #flushes = new Subject<void>();
  readonly #discards: EdgeEventBatcher;
  #events: PipelineEvent[] = [];

  constructor(options: StageAccountOptions) {
    const { work, dueFloor, onServed, log } = options;
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
      onServed: (item, serviceTime) => {
        this.#servedMs += serviceTime;
        onServed?.(serviceTime);
        log?.onServed(item, serviceTime);
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

  /** Of what happened up to `at`. */
  take(at: number, kind: FlushKind): Account {
    this.#flushes.next();
    this.#discards.flush();
    const { busyMs, blockedMs, events } = this.meter.flush(at);
    // An awaited service is over in no turn of the thread's.
    const handedOverMs = Math.max(0, this.pumpedMs - this.#servedMs - this.#handedOverMs);
    this.#handedOverMs += handedOverMs;
    if (handedOverMs > 0) {
      this.#events.push({
        type: 'handedOver',
        at,
        stage: this.#options.work.stage,
        ms: handedOverMs,
      });
    }
    const all = [...this.#events, ...events, ...(this.#options.eventsAt?.(at, kind) ?? [])];
    this.#events = [];
    const { derived } = this;
    this.derived = 0;
    return { events: all, busyMs, blockedMs, derived };
  }
}
