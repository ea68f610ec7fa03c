import { EDGE_BEFORE } from '../topology';
import { Holding, serve } from '../../operators';
import type { Bar } from '../bars/bar';
import { gate } from '../engine/edge';
import { itemReading } from '../bars/item';
import type { Item } from '../bars/item';
import { isTickRow } from '../bars/tickSeries';
import { processing, stamp } from '../engine/processor';
import { SegmentPublisher } from './segmentRegistry';
import type { SegmentRegistry } from './segmentRegistry';
import { BarSender } from './barColumns';
import type { Account, ProcessorWork } from './messages';
import type { LoggedServices } from './serviceLog';
import { Sender } from './sender';
import { sendThrough } from './sendThrough';
import { SharedWriter } from './sharedWriter';
import { StageThread } from './stageThread';

/** Data-driven, outputs wait for this many milliseconds at most before analysis is woken for them: one wake-up for several. */
const MAX_DELAY = 0.1;

/** What the processor's thread tells at its end. */
interface LeftOver {
  readonly bars?: readonly Bar[];
  readonly sent?: ReadonlyMap<string, number>;
}

export interface ThreadEnds {
  readonly onWindowEnd: (account: Account) => void;
  readonly onEnd: (account: Account, more?: LeftOver) => void;
  readonly onError: (error: unknown) => void;
  readonly onServices: (services: LoggedServices, buffers: readonly ArrayBuffer[]) => void;
}

/** What the processor does with an item: it reads base rows in place and writes derived ones. */
export function processorOf(work: ProcessorWork): (item: Item) => readonly Item[] {
  const announcer = new SegmentPublisher([work.announce.port], work.announce.count);
  const writer = new SharedWriter(
    work.intervals,
    (segment) => {
      announcer.announce({ segment });
    },
    work.history,
  );
  return processing(writer, work.passesOn);
}

/** Complete bars that come of the history before the run. */
export const leadThrough = (
  process: (item: Item) => readonly Item[],
  items: Iterable<Item>,
): Item[] =>
  [...items].flatMap((item) => process(item).filter(({ bar }) => bar?.complete !== false));

/** The processor stage in its own thread. */
export function processorThread(
  work: ProcessorWork,
  process: (item: Item) => readonly Item[],
  rows: SegmentRegistry,
  origin: number,
  ends: ThreadEnds,
): void {
  let publishedAt = 0;
  const thread: StageThread = new StageThread({
    work,
    origin,
    rows,
    ...ends,
    onEnd: (account) => {
      ends.onEnd(account, { bars: bars.leftover(), sent: sender.sent });
    },
    onTurn: (isIdle, at) => {
      if (!isIdle && thread.isGated && at - publishedAt < MAX_DELAY) return;
      publishedAt = at;
      sender.publish();
      bars.publish();
    },
  });
  const { control, clock, account } = thread;
  const { onItem, onOutput, onHandOver } = thread.instrument;
  const { counted } = account;
  const edge = EDGE_BEFORE.analysis;
  const bars = new BarSender(work.bars);
  const sender = new Sender({
    ...counted,
    ring: work.outgoing,
    edge,
    capacity: work.capacity,
    overflow: work.overflow,
    demand: work.demand,
    isGated: () => thread.isGated,
    dueFloor: thread.dueFloor,
    onUnfinished: () => undefined,
    onHandOver,
    onDrop: (item) => {
      thread.log?.onDropped(item);
    },
  });
  sender.open(ends.onError);
  const holding = new Holding();

  const serveItem = (item: Item): readonly Item[] => {
    onItem?.();
    const outputs = process(item);
    if (onOutput !== undefined) for (const { bar } of outputs) if (bar?.complete) onOutput(bar);
    return outputs;
  };

  thread.run((items) =>
    items.pipe(
      thread.incoming(),
      serve(serveItem, {
        ...itemReading,
        onOutput: stamp,
        ...thread.serves<Item>(),
        downstream: holding,
        filter: (item) => {
          const { bar, symbol, interval } = item;
          if (thread.log !== undefined) item.cause = thread.log.served - 1;
          const isTick = interval > 0 && bar !== undefined && isTickRow(bar);
          if (interval > 0 && !isTick) account.derived += 1;
          if (bar !== undefined && !isTick && control.barsWanted) bars.push(bar, symbol, interval);
          return bar === undefined ? work.passesOn : bar.complete;
        },
      }),
      gate({
        ...counted,
        edge,
        readiness: sender.readiness,
        active: thread.gated$,
        holding,
        scheduler: clock,
      }),
      sendThrough(sender),
    ),
  );
}
