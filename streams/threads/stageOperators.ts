import { filter, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Readiness, ServeOptions } from '../../operators';
import { tracker } from '../engine/edge';
import type { Item } from '../bars/item';
import type { ServingCells } from './sharedControl';
import type { StageWork } from './messages';
import type { StageAccount } from './stageAccount';

/** What the operators of a stage in a thread share. */
export interface StageParts {
  readonly work: StageWork;
  readonly account: StageAccount;
  readonly readiness: Readiness;
  /** Where others read what the stage is at. */
  readonly serving: ServingCells;
  readonly dueFloor: () => number;
  readonly now: () => number;
  /** Whether the run was stopped. */
  readonly isStopping: () => boolean;
}

/** How the stage serves. */
export function serves<R>({
  work,
  account,
  readiness,
  serving,
}: StageParts): ServeOptions<Item, R> {
  const { meter, counted, edge } = account;
  return {
    ...counted,
    edge,
    readiness,
    stopwatch: () => performance.now(),
    capacity: Infinity,
    meter: {
      onStart: (item, at) => {
        meter.onStart(item, at);
      },
      onServed: (item, start, took) => {
        serving.end();
        meter.onServed(item, start, took);
      },
      onBlocked: (at) => {
        meter.onBlocked(at);
      },
      onUnblocked: (at) => {
        meter.onUnblocked(at);
      },
    },
    ...(work.timings
      ? work.serviceTime === undefined
        ? {}
        : { serviceTime: work.serviceTime }
      : { serviceTime: 0 }),
  };
}

/** The edge's tracker, and behind it what becomes of items once the run was stopped. */
export function incoming(parts: StageParts): MonoTypeOperatorFunction<Item> {
  const { account, readiness, serving, dueFloor, now, isStopping } = parts;
  const { counted, edge } = account;
  const tracks = tracker({ ...counted, edge, readiness, dueFloor });
  return (items) =>
    items.pipe(
      tracks,
      filter((item) => {
        if (!isStopping()) return true;
        // It will never be served: what was offered behind it has found it here.
        readiness.occupy();
        account.discarded(item);
        return false;
      }),
      tap(({ symbol, interval, bar, watermark }) => {
        const start = bar?.start ?? watermark?.time ?? 0;
        serving.begin({ since: now(), symbol, interval, start });
      }),
    );
}
