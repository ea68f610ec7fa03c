import type { ServedStage } from '../topology';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort, TransferListItem } from 'node:worker_threads';
import { parseInterval } from '../bars/interval';
import type { Interval } from '../bars/interval';
import type { PipelineOptions } from '../pipelineOptions';
import { BAR_COLUMNS } from './barColumns';
import { AnnouncementCount, SharedControl, ServingCells } from './sharedControl';
import { ITEM_COLUMNS } from './itemColumns';
import type { AnalysisWork, ProcessorWork, StageWork } from './messages';
import { joinMoments, NO_MOMENTS, wantsMoments } from '../bars/moments';
import { ringMemory } from './ring';
import { instrumentFor, portsOf } from './threadInstrument';
import { DEMAND } from './threadsOptions';
import type { ThreadsOptions } from './threadsOptions';

/** Entries of a ring; what does not fit waits with the producer. */
const SLOTS = 16_384;

export type ThreadedOptions = PipelineOptions & { readonly threads: ThreadsOptions };

/** What a stage's thread is given when it is started, and what of it is handed over for good. */
export interface Assignment<W extends StageWork> {
  readonly work: W;
  readonly transfer: readonly TransferListItem[];
}

/** What the three threads of a run share: the control, the rings, and channels with two ends. */
export class Channels {
  readonly control = SharedControl.memory();
  readonly toProcessor = ringMemory({ ...ITEM_COLUMNS, slots: SLOTS });
  readonly toAnalysis = ringMemory({ ...ITEM_COLUMNS, slots: SLOTS });
  /** Bars, to anyone who observes them in the coordinator's thread. */
  readonly bars = ringMemory({ ...BAR_COLUMNS, slots: SLOTS });
  /** How much each writer has announced. */
  readonly counts = { base: AnnouncementCount.memory(), derived: AnnouncementCount.memory() };
  readonly #intervals: readonly Interval[];
  readonly #options: ThreadedOptions;
  readonly #channels = {
    baseToProcessor: new MessageChannel(),
    baseToAnalysis: new MessageChannel(),
    derivedToAnalysis: new MessageChannel(),
  };

  constructor(intervals: readonly Interval[], options: ThreadedOptions) {
    this.#intervals = intervals;
    this.#options = options;
  }

  /** The coordinator's ends, for what it announces. */
  get announce(): readonly MessagePort[] {
    const { baseToProcessor, baseToAnalysis } = this.#channels;
    return [baseToProcessor.port1, baseToAnalysis.port1];
  }

  processor(): Assignment<ProcessorWork> {
    const { threads, inbox = 1_048_576, overflow } = this.#options;
    const { baseToProcessor, derivedToAnalysis } = this.#channels;
    return {
      work: {
        ...this.#common('processor'),
        stage: 'processor',
        incoming: this.toProcessor,
        outgoing: this.toAnalysis,
        passesOn: wantsMoments(
          joinMoments(
            (threads.strategies ?? []).map(({ wishes }) => wishes?.moments ?? NO_MOMENTS),
          ),
        ),
        bars: this.bars,
        capacity: inbox,
        overflow,
        demand: threads.demand ?? DEMAND,
        announcements: [{ port: baseToProcessor.port2, count: this.counts.base }],
        announce: { port: derivedToAnalysis.port1, count: this.counts.derived },
      },
      transfer: [
        baseToProcessor.port2,
        derivedToAnalysis.port1,
        ...portsOf(threads.instrument, 'processor'),
      ],
    };
  }

  analysis(): Assignment<AnalysisWork> {
    const { threads, strict = false } = this.#options;
    const { baseToAnalysis, derivedToAnalysis } = this.#channels;
    return {
      work: {
        ...this.#common('analysis'),
        stage: 'analysis',
        incoming: this.toAnalysis,
        strategies: threads.strategies ?? [],
        strict,
        announcements: [
          { port: baseToAnalysis.port2, count: this.counts.base },
          { port: derivedToAnalysis.port2, count: this.counts.derived },
        ],
      },
      transfer: [
        baseToAnalysis.port2,
        derivedToAnalysis.port2,
        ...portsOf(threads.instrument, 'analysis'),
      ],
    };
  }

  close(): void {
    for (const { port1, port2 } of Object.values(this.#channels)) {
      port1.close();
      port2.close();
    }
  }

  #common(stage: ServedStage) {
    const { threads, history, serviceTimes = {}, timings = true, batch = {} } = this.#options;
    const { windows } = this.#options;
    const { count, time } = batch;
    const serviceTime = serviceTimes[stage];
    return {
      control: this.control,
      serving: ServingCells.memory(),
      intervals: this.#intervals,
      history,
      timings,
      serviceTime: typeof serviceTime === 'number' ? serviceTime : undefined,
      batch: { ...(count === undefined ? {} : { count }), ...(time === undefined ? {} : { time }) },
      instrument: instrumentFor(threads.instrument, stage),
      isMetered: this.#options.itemMeter !== undefined,
      windowWidth: windows === undefined ? undefined : parseInterval(windows).length,
    };
  }
}
