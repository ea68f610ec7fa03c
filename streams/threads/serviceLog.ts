import type { Micros } from '../bars/bar';
import type { Item } from '../bars/item';

/** Rows of a message. */
const ROWS = 8_192;

/** A series as both threads know it: by its numbers. */
export interface LoggedSeries {
  readonly symbol: number;
  readonly interval: number;
  readonly symbolName: string;
  readonly intervalName: string;
}

/** What each item cost, in columns: rows in the order of their services. Times are milliseconds. */
export interface LoggedServices {
  readonly rows: number;
  /** Series that were not named before; rows refer to all of them, in order. */
  readonly names: readonly LoggedSeries[];
  /** Below 0: a watermark. */
  readonly series: Int32Array;
  /** Market time of the release: epoch microseconds. */
  readonly time: Float64Array;
  readonly due: Float64Array;
  readonly service: Float64Array;
  /** Number of the item that caused it, in the order of the processor's services. */
  readonly cause: Float64Array;
  readonly awaited: Float32Array;
  /** How many parts a row has, and what strategies took, row by row. */
  readonly parts: Uint32Array;
  readonly strategy: readonly number[];
  readonly took: readonly number[];
  /** What the inbox behind the stage dropped: rows as above. */
  readonly dropped: readonly {
    readonly series: number;
    readonly time: Micros;
    readonly due: number;
    readonly cause: number;
  }[];
}

/** Keeps what each item cost in a stage's thread, and sends it to the coordinator's thread in columns. */
export class ServiceLog {
  /** How many items were served. */
  served = 0;
  readonly #send: (services: LoggedServices, buffers: readonly ArrayBuffer[]) => void;
  readonly #numbers: (number | undefined)[][] = [];
  #known = 0;
  #names: LoggedSeries[] = [];
  #columns = columnsOf(ROWS);
  #rows = 0;
  #partsOfRow = 0;
  #strategy: number[] = [];
  #took: number[] = [];
  #awaitedMs = 0;
  #dropped: LoggedServices['dropped'][number][] = [];

  constructor(send: (services: LoggedServices, buffers: readonly ArrayBuffer[]) => void) {
    this.#send = send;
  }

  onCharge(strategy: number, took: number): void {
    this.#strategy.push(strategy);
    this.#took.push(took);
    this.#partsOfRow += 1;
  }

  onAwaited(ms: number): void {
    this.#awaitedMs += ms;
  }

  onServed(item: Item, service: number): void {
    const row = this.#rows;
    const columns = this.#columns;
    columns.series[row] = item.bar === undefined ? -1 : this.#numberOf(item);
    columns.time[row] = item.market;
    columns.due[row] = item.due;
    columns.service[row] = service;
    columns.cause[row] = item.cause;
    columns.awaited[row] = this.#awaitedMs;
    columns.parts[row] = this.#partsOfRow;
    this.#awaitedMs = 0;
    this.#partsOfRow = 0;
    this.#rows = row + 1;
    this.served += 1;
    if (this.#rows === ROWS) this.flush();
  }

  onDropped(item: Item): void {
    const { due, cause } = item;
    this.#dropped.push({ series: this.#numberOf(item), time: item.market, due, cause });
    if (this.#dropped.length === ROWS) this.flush();
  }

  /** Sends what there is. What was charged of a service that is not over is lost with it. */
  flush(): void {
    if (this.#rows === 0 && this.#dropped.length === 0) return;
    const { series, time, due, service, cause, awaited, parts } = this.#columns;
    const columns = { series, time, due, service, cause, awaited, parts };
    this.#send(
      {
        rows: this.#rows,
        names: this.#names,
        ...columns,
        strategy: this.#strategy,
        took: this.#took,
        dropped: this.#dropped,
      },
      Object.values(columns).map(({ buffer }) => buffer),
    );
    this.#columns = columnsOf(ROWS);
    this.#rows = 0;
    this.#names = [];
    this.#strategy = [];
    this.#took = [];
    this.#dropped = [];
  }

  #numberOf({ bar, symbol, interval }: Item): number {
    const ofInterval = (this.#numbers[interval] ??= []);
    const known = ofInterval[symbol];
    if (known !== undefined) return known;
    const number = this.#known;
    this.#known += 1;
    ofInterval[symbol] = number;
    this.#names.push({
      symbol,
      interval,
      symbolName: bar?.symbol ?? '',
      intervalName: bar?.interval ?? '',
    });
    return number;
  }
}

const columnsOf = (rows: number) => ({
  series: new Int32Array(rows),
  time: new Float64Array(rows),
  due: new Float64Array(rows),
  service: new Float64Array(rows),
  cause: new Float64Array(rows),
  awaited: new Float32Array(rows),
  parts: new Uint32Array(rows),
});
