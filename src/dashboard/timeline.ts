import { appendAll, largestOf } from '../../operators/kernel/extremes';
import type { EdgeName, PipelineEvent, RunConfiguration, StageName } from '../../streams/events';
import { forEveryEdge, forEveryStage, named } from '../../streams/topology';
import { emptyState, eventOwners } from '../journal';
import type { JournalEntry, JournalHeader } from '../journal';
import { reduce, reduceAll } from '../metrics';
import type { MetricsState } from '../metrics';
import { addCells, cellsOf, NO_VALUES } from '../metrics/histogram';
import type { Histogram } from '../metrics/histogram';
import { percentiles } from '../report/percentiles';
import { Mark } from './mark';
import type { Snapshot } from './mark';

/** Windows that are kept at most; with more, every two become one. */
const MOST = 4000;

interface WindowEnd {
  /** All stages, unless given. */
  readonly stage?: StageName;
  readonly market?: { readonly to: number };
}

interface Latenesses {
  readonly cells: number[];
  maxMs: number;
}

/**
 * The fold of a journal with the state at the end of every window of market time. States share what does
 * not change, so that a thousand of them are not a thousand times as large, and going back in time is a
 * look-up. Stages end a window one after another, the last ones long after the first where there is a
 * backlog: a window is there when the first stage ends it, and changes when the others do.
 */
export class Timeline {
  readonly header: JournalHeader;
  readonly #most: number;
  readonly #marks: Mark[] = [];
  readonly #latenesses = new Map<EdgeName, Latenesses>();
  /** Of each stage, the latest time on the run's clock; of the run under no name. */
  readonly #at = new Map<StageName | undefined, number>();
  /** Of each stage the window that it ended last. */
  readonly #latest = new Map<StageName, { readonly to: number; readonly snapshot: Snapshot }>();
  #configuration: Pick<RunConfiguration, 'topology' | 'threads'> | undefined;
  #ownerOf: (event: PipelineEvent) => StageName | undefined = () => undefined;
  #state: MetricsState;
  #seq = 0;
  #wall: number;
  #version = 0;
  #isThinned = false;

  constructor(header: JournalHeader, most = MOST) {
    this.header = header;
    this.#state = emptyState(header);
    this.#wall = header.wall;
    this.#most = most;
  }

  get marks(): readonly Mark[] {
    return this.#marks;
  }

  /** Changes of the marks so far. */
  get version(): number {
    return this.#version;
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

  /** The last window that ends by a market time, in epoch microseconds; undefined before the first. */
  markAt(market: number): Mark | undefined {
    return this.#marks.findLast(({ to }) => to <= market);
  }

  /** Index of the first mark that changed after that many changes: all later ones did, too. */
  changedSince(version: number): number {
    const first = this.#marks.findIndex((mark) => mark.version > version);
    return first < 0 ? this.#marks.length : first;
  }

  add(entries: readonly JournalEntry[]): void {
    let pending: PipelineEvent[] = [];
    for (const { seq, wall, event } of entries) {
      pending.push(event);
      this.#seq = seq;
      this.#wall = wall;
      this.#note(event);
      if (event.type === 'lateness') this.#late(event);
      if (event.type !== 'window' || event.partial === true) continue;
      this.#fold(pending);
      pending = [];
      this.#close(event);
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
      const cells = cellsSince(before.edges[edge]?.lateness.cells ?? NO_VALUES, lateness.cells);
      this.#latenesses.set(edge, { cells, maxMs: lateness.maxMs });
    }
    for (const owner of [undefined, ...state.topology.map(({ stage }) => stage)]) {
      this.#at.set(owner, state.at);
    }
    this.#close({ market: { to: time } });
  }

  #fold(events: readonly PipelineEvent[]): void {
    const [only] = events;
    this.#state =
      events.length === 1 && only !== undefined
        ? reduce(this.#state, only)
        : reduceAll(this.#state, events);
  }

  #note(event: PipelineEvent): void {
    const { topology, run } = this.#state;
    const { configuration = { topology } } = event.type === 'started' ? event : run;
    if (configuration !== this.#configuration) {
      this.#configuration = configuration;
      this.#ownerOf = eventOwners(configuration);
    }
    const owner = this.#ownerOf(event);
    this.#at.set(owner, Math.max(this.#at.get(owner) ?? 0, event.at));
  }

  #late({ edge, buckets, maxMs }: Extract<PipelineEvent, { readonly type: 'lateness' }>): void {
    const late = this.#latenesses.get(edge) ?? { cells: [], maxMs: 0 };
    addCells(late.cells, buckets);
    late.maxMs = Math.max(late.maxMs, maxMs);
    this.#latenesses.set(edge, late);
  }

  /** Index of the first mark that ends then or later. */
  #firstFrom(market: number): number {
    const last = this.#marks.findLastIndex(({ to }) => to < market);
    return last + 1;
  }

  #snapshotOf(stage: StageName): Snapshot {
    const [seq, wall, state] = [this.#seq, this.#wall, this.#state];
    const [at, runAt] = [this.#at.get(stage) ?? 0, this.#at.get(undefined) ?? 0];
    return { seq, wall, state, at, runAt };
  }

  /** A stage has ended a window, or all of them have. */
  #close({ stage, market }: WindowEnd): void {
    const { topology } = this.#state;
    const stages = stage === undefined ? topology.map((place) => place.stage) : [stage];
    // What came before the first item belongs to every market time; so does a stage that is handed none.
    const to = market?.to ?? this.#state.market.time ?? -Infinity;
    const ended = forEveryStage(topology, (each) => this.#snapshotOf(each));
    for (const each of stages) this.#latest.set(each, { to, snapshot: named(ended, each) });
    const place = this.#firstFrom(to);
    const isNew = market !== undefined && this.#marks[place]?.to !== to;
    // Where windows have become one, none of them comes back.
    if (isNew && (place === this.#marks.length || !this.#isThinned)) this.#insert(place, to);
    this.#version += 1;
    for (const mark of this.#marks.slice(place)) {
      mark.snapshots = {
        ...mark.snapshots,
        ...Object.fromEntries(stages.map((each) => [each, named(ended, each)])),
      };
      mark.version = this.#version;
    }
    this.#takeLatenesses(stages, this.#marks[place]);
    if (this.#marks.length > this.#most) this.#thin();
  }

  #insert(place: number, to: number): void {
    const before = this.#marks[place - 1]?.snapshots;
    const snapshots = forEveryStage(this.#state.topology, (stage) => {
      const latest = this.#latest.get(stage);
      if (latest !== undefined && latest.to <= to) return latest.snapshot;
      return before?.[stage] ?? this.#nothingOf;
    });
    this.#marks.splice(place, 0, new Mark(to, snapshots));
  }

  /** A stage that has ended no window by then. */
  get #nothingOf(): Snapshot {
    const { header } = this;
    return { seq: 0, wall: header.wall, state: emptyState(header), at: 0, runAt: 0 };
  }

  #takeLatenesses(consumers: readonly StageName[], mark: Mark | undefined): void {
    if (mark === undefined) return;
    const taken = forEveryEdge(this.#state.topology, (edge, consumer) => {
      const late = this.#latenesses.get(edge);
      const known = mark.latenessP99[edge] ?? 0;
      if (late === undefined || !consumers.includes(consumer)) return known;
      this.#latenesses.delete(edge);
      const [p99 = 0] = percentiles(late.cells, { minMs: 0, maxMs: late.maxMs }, [99]);
      return Math.max(known, p99);
    });
    mark.latenessP99 = taken;
  }

  #thin(): void {
    const kept = thinned(this.#marks, this.#most / 2);
    this.#isThinned = true;
    this.#marks.length = 0;
    appendAll(this.#marks, kept);
    for (const mark of kept) mark.version = this.#version;
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
    kept.unshift(merged(marks.slice(Math.max(0, end - width), end)));
  }
  return kept;
}

/** Windows as one; its p99 is the largest of theirs. */
function merged(marks: readonly Mark[]): Mark {
  const last = marks.at(-1);
  if (last === undefined) throw new RangeError('no windows');
  const latenessP99 = forEveryEdge(last.state.topology, (edge) =>
    largestOf(marks.map((mark) => mark.latenessP99[edge] ?? 0)),
  );
  return new Mark(last.to, last.snapshots, latenessP99);
}
