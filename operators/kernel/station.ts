/** Times closer together than this, in milliseconds, are one instant: sums of the same parts differ by their rounding. */
const INSTANT = 1e-6;

/** True of a time that is later than another one, and not the same instant. */
export const isAfter = (time: number, other: number): boolean => time > other + INSTANT;

/**
 * What an edge finds when an item is offered: the consumer is ready, or the offer is a backpressure
 * event of one of two kinds. *Burst*: everything handed over since the consumer was last ready was due
 * at the item's own instant. *Behind*: something was due earlier.
 */
export type Judgement = 'ready' | 'burst' | 'behind';

/**
 * The edge's half of the rule. It needs to know whether the consumer is ready, and nothing else of it,
 * so a tracker uses this half alone.
 */
export class EdgeRule {
  /** Due time of the item that took the consumer's last free server; NaN before there is one. */
  private earliest = NaN;

  /**
   * One item is offered, and handed over.
   *
   * @param due when the item was due, in milliseconds; NaN where nothing says so: then every event is behind
   * @param ready whether the consumer is ready at the time of the offer
   * @param floor nothing counts as due before that
   */
  offer(due: number, ready: boolean, floor = -Infinity): Judgement {
    const { earliest } = this;
    if (ready) {
      this.earliest = due;
      return 'ready';
    }
    if (due <= earliest || (due <= floor && earliest <= floor)) return 'burst';
    if (earliest !== earliest) this.earliest = due;
    return 'behind';
  }
}

/**
 * The server's half of the rule: c servers in front of one first-in-first-out inbox (J. Kiefer and
 * J. Wolfowitz, On the theory of queues with many servers, 1955; with one server D. V. Lindley, The
 * theory of queues with a single server, 1952). Items begin in the order of their arrival, each at the
 * later of its offer and the earliest time at which a server is free.
 */
export class ServerRule {
  /** The earliest time at which a server is free; Infinity while all are taken and none says until when. */
  freeAt = -Infinity;
  /** When the service that began last begins: after the present, where it is known ahead. */
  start = -Infinity;
  /** The times of all servers; none where there is one, whose time is `freeAt`. */
  private readonly times: Float64Array | undefined;

  /** @param servers a whole number of at least 1 */
  constructor(servers = 1) {
    if (servers > 1) this.times = new Float64Array(servers).fill(-Infinity);
  }

  /** The inbox is empty and a server is free. */
  isReadyAt(at: number, waiting = 0): boolean {
    return waiting === 0 && !isAfter(this.freeAt, at);
  }

  /** An item offered at that time finds an earlier one still unserved in the inbox. */
  isOverrunAt(at: number, waiting = 0): boolean {
    return waiting > 0 || isAfter(this.start, at);
  }

  /**
   * The next item begins, on the server that is free first: `start` says when. The server is taken until
   * `release` says when it is free.
   */
  begin(offered: number): void {
    const { freeAt } = this;
    this.start = freeAt > offered + INSTANT ? freeAt : offered;
    this.freeAt = this.times === undefined ? Infinity : this.replace(freeAt, Infinity);
  }

  /** A server is free, or will be, at that time. `was` is the time by which it was known until now. */
  release(at: number, was = Infinity): void {
    this.freeAt = this.times === undefined ? at : this.replace(was, at);
  }

  /** `begin` and `release` in one, of a service that is known to the end; when that is. */
  serve(offered: number, service: number): number {
    const { freeAt } = this;
    const start = freeAt > offered + INSTANT ? freeAt : offered;
    const finish = start + service;
    this.start = start;
    this.freeAt = this.times === undefined ? finish : this.replace(freeAt, finish);
    return finish;
  }

  /** One server's time becomes another one; the earliest of all. */
  private replace(was: number, time: number): number {
    const times = this.times as Float64Array;
    times[times.indexOf(was)] = time;
    let earliest = Infinity;
    for (const other of times) if (other < earliest) earliest = other;
    return earliest;
  }
}

/** Both halves: one consumer with its edge, for anyone who has offers and service times at once. */
export class Station extends ServerRule {
  readonly edge = new EdgeRule();
  /** Whether the last offer found an earlier item unserved in the inbox. An overrun is also a burst or behind. */
  overrun = false;

  /** @param waiting how many items lie in the inbox */
  offer(due: number, at: number, waiting = 0, floor = -Infinity): Judgement {
    const ready = waiting === 0 && this.freeAt <= at + INSTANT;
    this.overrun = !ready && (waiting > 0 || this.start > at + INSTANT);
    return this.edge.offer(due, ready, floor);
  }
}
