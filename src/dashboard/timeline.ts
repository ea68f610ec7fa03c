import { appendAll } from '../../operators/kernel/extremes';
import type { EdgeName, PipelineEvent } from '../../streams/events';
import { emptyState } from '../journal';
import type { JournalEntry, JournalHeader } from '../journal';
import { forEveryEdge } from '../../streams/topology';
import { reduce, reduceAll } from '../metrics';
import type { MetricsState } from '../metrics';
import { addCells, cellsOf, NO_VALUES } from '../metrics/histogram';
import type { Histogram } from '../metrics/histogram';
import { percentiles } from '../report/percentiles';

/** A run as it stood at the end of a window. */
export interface Mark {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly state: MetricsState;
  /** Market time at which the window ends, epoch microseconds. */
  readonly to: number;
  /** Of the window, in milliseconds. */
  readonly latenessP99: Readonly<Record<EdgeName, number>>;
}

/** Windows that are kept at most; with more, every two become one. */
const MOST = 4000;

interface Latenesses {
  readonly cells: number[];
  maxMs: number;
}

/**
 * The fold of a journal with the state at the end of every window. States share what does not change, so
 * that a thousand of them are not a thousand times as large, and going back in time is a look-up.
 */
export class Timeline {
  readonly header: JournalHeader;
  readonly #most: number;
  readonly #marks: Mark[] = [];
  #state: MetricsState;
  #seq = 0;
  #wall: number;
  readonly #latenesses = new Map<EdgeName, Latenesses>();
  /** How often two windows became one. */
  #thinned = 0;

  constructor(header: JournalHeader, most = MOST) {
    this.header = header;
    this.#state = emptyState(header);
    this.#wall = header.wall;
    this.#most = most;
  }

  get marks(): readonly Mark[] {
    return this.#marks;
  }

  /** How often two windows became one: all earlier indices are others then. */
  get thinned(): number {
    return this.#thinned;
  }

  get state(): MetricsState {
    return this.#state;
  }

  get seq(): number {
    return this.#seq;
  }

  get wall(): number {
    return this.#wall;
  }

  /** The last window that had ended by an event; undefined before the first. */
  markAt(seq: number): Mark | undefined {
    return this.#marks.findLast((mark) => mark.seq <= seq);
  }

  add(entries: readonly JournalEntry[]): void {
    let pending: PipelineEvent[] = [];
    for (const { seq, wall, event } of entries) {
      pending.push(event);
      this.#seq = seq;
      this.#wall = wall;
      if (event.type === 'lateness') this.#late(event.edge, event);
      if (event.type !== 'window' || event.partial === true || event.market === undefined) continue;
      this.#fold(pending);
      pending = [];
      this.#close(event.market.to);
    }
    this.#fold(pending);
  }

  /** A state as a whole, where there are no events: of several runs that are shown as one. */
  show({ state, seq, wall }: Pick<Mark, 'state' | 'seq' | 'wall'>): void {
    const before = this.#state;
    this.#state = state;
    this.#seq = seq;
    this.#wall = wall;
    const { time } = state.market;
    if (time === undefined || time === before.market.time) return;
    for (const [edge, { lateness }] of Object.entries(state.edges)) {
      const buckets = cellsSince(before.edges[edge]?.lateness.cells ?? NO_VALUES, lateness.cells);
      this.#latenesses.set(edge, { cells: buckets, maxMs: lateness.maxMs });
    }
    this.#close(time);
  }

  #fold(events: readonly PipelineEvent[]): void {
    const [only] = events;
    this.#state =
      events.length === 1 && only !== undefined
        ? reduce(this.#state, only)
        : reduceAll(this.#state, events);
  }

  #late(
    edge: EdgeName,
    { buckets, maxMs }: Extract<PipelineEvent, { readonly type: 'lateness' }>,
  ): void {
    const late = this.#latenesses.get(edge) ?? { cells: [], maxMs: 0 };
    addCells(late.cells, buckets);
    late.maxMs = Math.max(late.maxMs, maxMs);
    this.#latenesses.set(edge, late);
  }

  #close(to: number): void {
    const latenessP99 = forEveryEdge(this.#state.topology, (edge) => {
      const { cells = NO_VALUES, maxMs = 0 } = this.#latenesses.get(edge) ?? {};
      return percentiles(cells, { minMs: 0, maxMs }, [99])[0] ?? 0;
    });
    const mark = { seq: this.#seq, wall: this.#wall, state: this.#state, to, latenessP99 };
    this.#latenesses.clear();
    const last = this.#marks.at(-1);
    if (last !== undefined && last.to >= to) {
      // Stages end a window one after another: the last one completes it.
      this.#marks[this.#marks.length - 1] = { ...merged(last, mark), to: last.to };
      return;
    }
    this.#marks.push(mark);
    if (this.#marks.length <= this.#most) return;
    const kept = thinned(this.#marks, this.#most / 2);
    this.#marks.length = 0;
    appendAll(this.#marks, kept);
    this.#thinned += 1;
  }
}

/** What came to a histogram that grew. */
function cellsSince(before: Histogram, now: Histogram): number[] {
  const known = new Map(cellsOf(before));
  const cells: number[] = [];
  addCells(
    cells,
    cellsOf(now).flatMap(([bucket, count]) => {
      const fresh = count - (known.get(bucket) ?? 0);
      return fresh > 0 ? [[bucket, fresh] as const] : [];
    }),
  );
  return cells;
}

/** At most this many windows of the same run, the last one among them. */
export function thinned(marks: readonly Mark[], most: number): Mark[] {
  const width = Math.ceil(marks.length / most);
  const kept: Mark[] = [];
  for (let end = marks.length; end > 0; end -= width) {
    const group = marks.slice(Math.max(0, end - width), end);
    kept.unshift(group.reduce(merged));
  }
  return kept;
}

/** Two windows as one; its p99 is the larger of both. */
function merged(first: Mark, second: Mark): Mark {
  const latenessP99 = forEveryEdge(second.state.topology, (edge) =>
    Math.max(first.latenessP99[edge] ?? 0, second.latenessP99[edge] ?? 0),
  );
  return { ...second, latenessP99 };
}
