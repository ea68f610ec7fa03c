import type { Item } from '../../../streams/bars/item';
import type { ItemMeter } from '../../../streams/engine/itemMeter';
import { fileHeadOf, seriesBlockOf } from './timingBlocks';
import type { ServedStage } from '../../../streams/topology';
import { AwaitedColumns, DroppedColumns, ItemColumns, UpdateColumns } from './timingColumns';
import { NO_CAUSE, NO_SERIES } from './timingFormat';
import type { TimedSeries, TimingHead } from './timingFormat';

/** Takes whole blocks; `rows` is how many rows they hold together up to the end of this one. */
export type BlockSink = (bytes: Buffer, rows: number) => void;

/**
 * Keeps what each item cost in columns, and lets them go block by block. Give it to the pipeline as
 * its `itemMeter` and to `record` as `timings`: they end up in a file beside the journal.
 */
export class TimingRecorder implements ItemMeter {
  readonly #items = new ItemColumns();
  readonly #updates = new UpdateColumns();
  /** By interval, then by symbol. */
  readonly #numbers: (number | undefined)[][] = [];
  #series = 0;
  #unwritten: TimedSeries[] = [];
  readonly #awaited = new AwaitedColumns();
  /** None where nothing was dropped: most runs. */
  #dropped: DroppedColumns | undefined;
  #analyzed = 0;
  #awaitedMs = 0;
  #processed = 0;
  #rows = 0;
  readonly #sinks: BlockSink[] = [];

  /** Where the blocks go, too; before the first item. */
  open(head: TimingHead, sink: BlockSink): void {
    this.#sinks.push(sink);
    sink(fileHeadOf(head), 0);
  }

  onProcessed(item: Item, serviceTime: number): void {
    const series = item.bar === undefined ? NO_SERIES : this.#numberOf(item);
    this.#processed += 1;
    if (this.#items.add(item.market, item.due, serviceTime, series)) this.flush();
  }

  onHandOver(update: Item): void {
    update.cause = this.#processed - 1;
  }

  onCharge(strategy: number, took: number): void {
    this.#updates.charge(strategy, took);
  }

  onAwaited(ms: number): void {
    this.#awaitedMs += ms;
  }

  onDropped(item: Item, stage: ServedStage): void {
    const cause = stage === 'analysis' ? item.cause : NO_CAUSE;
    this.#dropped ??= new DroppedColumns();
    if (this.#dropped.add(item.market, item.due, this.#numberOf(item), cause)) this.flush();
  }

  onAnalyzed(update: Item, serviceTime: number): void {
    const { cause } = update;
    if (this.#awaitedMs > 0) {
      this.#awaited.add(this.#analyzed, this.#awaitedMs);
      this.#awaitedMs = 0;
    }
    this.#analyzed += 1;
    const series = update.bar === undefined ? NO_SERIES : this.#numberOf(update);
    if (this.#updates.add(serviceTime, cause, series)) this.flush();
  }

  /** Lets go of what is there. */
  flush(): void {
    if (this.#unwritten.length > 0) this.#send(seriesBlockOf(this.#unwritten));
    this.#unwritten = [];
    for (const columns of [this.#items, this.#updates, this.#awaited, this.#dropped]) {
      if (columns === undefined || columns.rows === 0) continue;
      this.#rows += columns.rows;
      this.#send(columns.drain());
    }
  }

  #send(block: Buffer): void {
    for (const sink of this.#sinks) sink(block, this.#rows);
  }

  #numberOf({ bar, symbol, interval }: Item): number {
    const ofInterval = (this.#numbers[interval] ??= []);
    const known = ofInterval[symbol];
    if (known !== undefined) return known;
    this.#unwritten.push({ symbol: bar?.symbol ?? '', interval: bar?.interval ?? '' });
    const number = this.#series;
    this.#series += 1;
    ofInterval[symbol] = number;
    return number;
  }
}
