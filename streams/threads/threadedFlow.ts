import { EDGE_BEFORE, SERVED_STAGES } from '../topology';
import { identity, Observable, tap } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { WallClock } from '../../operators';
import type { Item } from '../bars/item';
import type { PipelineEvent } from '../events';
import { gatedCoordinator } from '../engine/gatedCoordinator';
import { skipGapsOf } from '../engine/skipGaps';
import { CoordinatorMeter } from '../engine/coordinatorMeter';
import { stopwatch } from '../../operators/kernel/stopwatch';
import { countingOn, ThreadTime } from '../engine/threadTime';
import type { RunParts } from '../engine/engine';
import type { RunWindows } from '../engine/windows';
import type { StageWorkers } from './stageWorkers';
import { DeliveryLedger } from './deliveryLedger';
import { marketWindowsOf } from '../engine/marketWindows';
import { parseInterval } from '../bars/interval';
import { RemoteWindows } from './remoteWindows';
import { Sender } from './sender';
import { sendThrough } from './sendThrough';
import { DEMAND } from './threadsOptions';

interface ThreadedParts extends RunParts {
  /** Its threads are ready. */
  readonly workers: StageWorkers;
  readonly clock: WallClock;
  /** What `performance.now()` says at the clock's 0. */
  readonly origin: number;
}

/**
 * The coordinator's part of a run whose other stages have threads of their own: the same stage and
 * the same gate, behind which the items leave through a ring.
 */
export function threadedFlow(parts: ThreadedParts): {
  /** Says only how it ends: signals go their own way, those of a run that was stopped too. */
  signals$: Observable<never>;
  windows: RunWindows;
} {
  const { workers, feed, controls, clock, options } = parts;
  const { onOutput, onHandOver } = workers.instrument;
  const time = new ThreadTime(clock);
  const meter = new CoordinatorMeter(feed, time);
  const emit = countingOn(time, parts.events);
  const windows = new RemoteWindows({
    ...marketWindowsOf(options, parseInterval(options.bars ?? '1m').length, feed),
    coordinator: meter,
    emit,
    mailbox: parts.mailbox,
    now: () => clock.now(),
    ask: (at) => workers.ask(at),
    hasNews: () => feed.live?.hasEvents() === true,
    isBusy: () => workers.isBusy,
    paused: () => controls.paused,
    onFirst: (session) => {
      workers.control.session = session;
    },
    isBatched: options.batch !== undefined,
  });
  const edge = EDGE_BEFORE.processor;
  const counted = {
    events: {
      next: (event: PipelineEvent) => {
        windows.count(event);
      },
    },
    batch: { ...options.batch, when: windows.flushed$ },
    scheduler: clock,
  };
  const sender = new Sender({
    ...counted,
    ring: workers.ring,
    edge,
    dueFloor: () => controls.dueFloor,
    capacity: options.inbox ?? 1_048_576,
    overflow: options.overflow,
    demand: options.threads?.demand ?? DEMAND,
    isGated: () => workers.control.gated,
    onUnfinished: workers.announceUnfinished,
    onHandOver,
    ...(options.itemMeter?.onDropped === undefined
      ? {}
      : {
          onDrop: (item: Item) => {
            options.itemMeter?.onDropped?.(item, 'processor');
          },
        }),
  });

  const items = (): Observable<unknown> =>
    gatedCoordinator({
      feed,
      controls,
      meter,
      edge,
      counted,
      readiness: sender.readiness,
      skipGaps: skipGapsOf({ options, mailbox: parts.mailbox, now: () => clock.now(), emit }),
      onRelease: (item, due, at) => {
        windows.reach(item.market, at);
        meter.onRelease(item, due, at);
        windows.passed(due);
      },
      onPull: (took) => {
        meter.onPull(took, clock.now());
        windows.begin(clock.now());
      },
      stopwatches: { called: stopwatch, awaited: time.awaited },
    }).pipe(
      onOutput === undefined
        ? identity
        : tap(({ bar }) => {
            if (bar?.complete === true) onOutput(bar);
          }),
      sendThrough(sender),
    );

  const begin = (subscriber: Subscriber<never>): void => {
    const running = new Set(SERVED_STAGES);
    const ledgers = {
      processor: new DeliveryLedger(EDGE_BEFORE.processor),
      analysis: new DeliveryLedger(EDGE_BEFORE.analysis),
    };
    let sentByProcessor: ReadonlyMap<string, number> = new Map();
    const onError = (error: unknown): void => {
      subscriber.error(error);
    };
    workers.control.dueFloor = controls.dueFloor;
    sender.open(onError);
    workers.begin(parts.origin, {
      onWindow: (stage, account) => {
        ledgers[stage].add(account);
        windows.onAccount(stage, account);
      },
      onEnd: (stage, account, sent) => {
        ledgers[stage].add(account);
        if (stage === 'processor') sentByProcessor = sent;
        windows.onLastAccount(stage, account);
        running.delete(stage);
        if (running.size === 0) subscriber.complete();
      },
      onSignals: (signals) => {
        for (const signal of signals) parts.signals.next(signal);
      },
      onBar: (bar) => {
        parts.bars.next(bar);
      },
      onFailure: onError,
      onClose: () => {
        const at = clock.now();
        const unaccounted = {
          processor: ledgers.processor.unaccounted(sender.sent, at),
          analysis: ledgers.analysis.unaccounted(sentByProcessor, at),
        };
        for (const stage of running) unaccounted[stage].forEach(emit);
      },
    });
    subscriber.add(
      controls.paused$.subscribe({
        next: (paused) => {
          workers.control.paused = paused;
          workers.wake();
        },
        error: onError,
      }),
    );
    // Before the gate here opens or closes, the one between the other stages has.
    subscriber.add(
      controls.gated$.subscribe({
        next: (gated) => {
          workers.control.dueFloor = controls.dueFloor;
          workers.control.gated = gated;
          workers.wake();
        },
        error: onError,
      }),
    );
    subscriber.add(items().subscribe({ error: onError }));
  };
  return { signals$: new Observable<never>(begin), windows };
}
