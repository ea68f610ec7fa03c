import { appendAll } from '../../operators/kernel/extremes';
import { LogLinearHistogram } from '../../operators';
import type { Micros } from '../bars/bar';
import type { PipelineEvent } from '../events';
import type { Feed, FeedCounts } from '../bars/feed';
import { ThreadServices } from './threadServices';
import type { SpentTime, ThreadTime } from './threadTime';
import type { Item } from '../bars/item';

const withoutZeros = (spent: SpentTime): SpentTime =>
  Object.fromEntries(Object.entries(spent).filter(([, ms]) => ms > 0));

/** What the coordinator did between one window and the next. */
export class CoordinatorMeter {
  readonly #feed: Feed;
  /** On the wall clock. */
  readonly #time: ThreadTime | undefined;
  /** In simulated time there is nothing but reading and building. */
  #spent = { opening: 0, reading: 0, building: 0 };
  #hasRows = false;
  #buildingMs = 0;
  readonly #building = new LogLinearHistogram();
  readonly #trailing = new LogLinearHistogram();
  readonly #own = new LogLinearHistogram();
  #services: ThreadServices | undefined;
  #busy = 0;
  #built = 0;
  /** Not a number before the first item: a field that may be undefined too would make an object of every time. */
  #marketTime: Micros = NaN;
  // NaN keeps the field an unboxed double.
  #latest = NaN;
  #passed = 0;
  #derived = 0;
  #reported: FeedCounts;
  #symbols = 0;
  #blocked = 0;
  /** Infinity while it holds nothing. */
  #holdsSince = Infinity;

  constructor(feed: Feed, time?: ThreadTime) {
    this.#feed = feed;
    this.#time = time;
    this.#reported = feed.counts();
    this.#built = feed.built;
    this.#buildingMs = feed.buildingMs;
    // A feed that is live has nothing to be opened: until its first rows are there, it is waited for.
    this.#hasRows = feed.live?.now !== undefined;
  }

  /** Of what was released last; not a number where nothing was. */
  get marketTime(): Micros {
    return this.#marketTime;
  }

  /**
   * A chunk was read and built: each of its bars counts for its share of the time. What it takes until
   * the first rows are there, a file being opened, is no bar's.
   *
   * @param took milliseconds
   * @param now on the run's clock
   */
  onPull(took: number, now: number): void {
    const building = Math.min(took, this.#feed.buildingMs - this.#buildingMs);
    const reading = took - building;
    this.#buildingMs = this.#feed.buildingMs;
    const built = this.#feed.built;
    const bars = built - this.#built;
    this.#built = built;
    const own = this.#hasRows ? took : building;
    this.#busy += own;
    if (bars > 0) this.#building.record(own / bars, bars);
    const isFirst = !this.#hasRows;
    this.#hasRows = true;
    if (this.#time === undefined) {
      this.#spent[isFirst ? 'opening' : 'reading'] += reading;
      this.#spent.building += building;
    } else if (isFirst) this.#time.open(now, building);
    else {
      this.#time.add('reading', reading);
      this.#time.add('building', building);
    }
  }

  /** How many items were released so far. */
  get passed(): number {
    return this.#passed;
  }

  /** When the last one was due: milliseconds of the run. */
  get latest(): number {
    return this.#latest;
  }

  onRelease(item: Item, due: number, at: number): void {
    this.#passed += 1;
    this.#latest = due;
    this.#marketTime = item.market;
    if (this.#services !== undefined) this.#own.record(this.#services.ownLag(due, at));
    this.#trailing.record(at - due);
  }

  /** The next gate holds something since `at`, or does no longer. */
  setHolding(holds: boolean, at: number): void {
    if (this.#holdsSince < Infinity) this.#blocked += at - this.#holdsSince;
    this.#holdsSince = holds ? at : Infinity;
  }

  /** Other stages work on the coordinator's thread: what they take is none of its lag. */
  onService(now: number, took: number): void {
    this.#services ??= new ThreadServices();
    this.#services.add(now, took);
  }

  /** The processor closed derived bars. */
  derived(bars = 1): void {
    this.#derived += bars;
  }

  flush(at: number): { busyMs: number; blockedMs: number; events: PipelineEvent[] } {
    const events: PipelineEvent[] = [];
    if (this.#building.count > 0) {
      const { count, total: totalMs, min: minMs, max: maxMs } = this.#building;
      const buckets = this.#building.drain();
      events.push({
        type: 'served',
        at,
        stage: 'coordinator',
        count,
        totalMs,
        minMs,
        maxMs,
        buckets,
      });
    }
    const spent = this.#time?.take() ?? this.#spent;
    this.#spent = { opening: 0, reading: 0, building: 0 };
    if (Object.values(spent).some((ms) => ms > 0)) {
      events.push({ type: 'spent', at, ms: withoutZeros(spent) });
    }
    // What trailing is judged by, the time that was released, is reported before it.
    events.push(this.#ingested(at));
    const { live } = this.#feed;
    if (live !== undefined) appendAll(events, live.takeEvents(at));
    if (this.#trailing.count > 0) {
      const { count, max: maxMs } = this.#trailing;
      const own = this.#own.count === count ? { ownBuckets: this.#own.drain() } : {};
      this.#own.drain();
      events.push({ type: 'trailing', at, count, maxMs, buckets: this.#trailing.drain(), ...own });
    }
    const busyMs = this.#busy;
    this.#busy = 0;
    if (this.#holdsSince < Infinity) this.setHolding(true, at);
    const blockedMs = this.#blocked;
    this.#blocked = 0;
    return { busyMs, blockedMs, events };
  }

  #ingested(at: number): PipelineEvent {
    const before = this.#reported;
    const now = (this.#reported = this.#feed.counts());
    const derived = this.#derived;
    const symbols = now.symbols.slice(this.#symbols);
    const marketEnd = this.#feed.end;
    this.#derived = 0;
    this.#symbols += symbols.length;
    return {
      type: 'ingested',
      at,
      ticks: now.rows - before.rows,
      base: now.base - before.base,
      derived,
      late: now.late - before.late,
      outOfOrder: now.outOfOrder - before.outOfOrder,
      badRows: now.badRows - before.badRows,
      symbols,
      ...(now.start === undefined ? {} : { marketStart: now.start }),
      ...(Number.isNaN(this.#marketTime) ? {} : { marketTime: this.#marketTime }),
      ...(marketEnd === undefined ? {} : { marketEnd }),
      progress: now.progress,
    };
  }
}
