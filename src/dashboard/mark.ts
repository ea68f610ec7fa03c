import { largestOf } from '../../operators/kernel/extremes';
import { forEveryConsumer, forEveryEdge, forEveryStage, named } from '../../streams/topology';
import type { StageName } from '../../streams/events';
import type { MetricsState } from '../metrics';

/** A run after an event that ended a window of a stage. */
export interface Snapshot {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly state: MetricsState;
  /** The latest time on the run's clock that the stage's own events reported, and those of the run. */
  readonly at: number;
  readonly runAt: number;
}

type Snapshots = Readonly<Record<StageName, Snapshot>>;

/** Everything due by the end of a window: of each stage what it did up to there, sooner or later. */
export class Mark {
  /** Market time at which the window ends, epoch microseconds. */
  readonly to: number;
  /** Of the window, in milliseconds. */
  latenessP99: Readonly<Record<string, number>>;
  /** When it changed last, in changes of its timeline. */
  version = 0;
  #snapshots: Snapshots;
  #state: MetricsState | undefined;

  constructor(
    to: number,
    snapshots: Snapshots,
    latenessP99: Readonly<Record<string, number>> = {},
  ) {
    this.to = to;
    this.#snapshots = snapshots;
    this.latenessP99 = latenessP99;
  }

  get snapshots(): Snapshots {
    return this.#snapshots;
  }

  set snapshots(snapshots: Snapshots) {
    this.#snapshots = snapshots;
    this.#state = undefined;
  }

  /** The last event of it. */
  get seq(): number {
    return this.#last.seq;
  }

  get wall(): number {
    return this.#last.wall;
  }

  get state(): MetricsState {
    return (this.#state ??= composed(this.#snapshots, this.#last));
  }

  get #last(): Snapshot {
    return Object.values(this.#snapshots).reduce((a, b) => (b.seq > a.seq ? b : a));
  }
}

/** The state that the events of each stage up to its snapshot, and those of the run up to the last one, fold to. */
function composed(snapshots: Snapshots, last: Snapshot): MetricsState {
  const { topology } = last.state;
  const of = (stage: StageName | undefined): Snapshot =>
    (stage === undefined ? undefined : snapshots[stage]) ?? last;
  const first = of(topology[0]?.stage).state;
  const analysis = of('analysis').state;
  const producers = new Map(topology.map(({ edge }, i) => [edge?.name, topology[i - 1]?.stage]));
  const isThreaded = last.state.run.configuration?.threads !== undefined;
  const { market, bars, trailing, trailed, threadMs } = first;
  return Object.freeze({
    ...last.state,
    ...{ market, bars, trailing, trailed, threadMs },
    at: largestOf([last.runAt, ...Object.values(snapshots).map(({ at }) => at)]),
    run: { ...last.state.run, pausedMs: first.run.pausedMs },
    signals: analysis.signals,
    strategies: analysis.strategies,
    stages: forEveryStage(topology, (stage) => named(of(stage).state.stages, stage)),
    evidence: forEveryConsumer(topology, (stage) => named(of(stage).state.evidence, stage)),
    edges: forEveryEdge(topology, (edge, consumer) => {
      const behind = named(of(producers.get(edge)).state.edges, edge);
      const before = named(of(consumer).state.edges, edge);
      if (!isThreaded) return { ...behind, lateness: before.lateness };
      // The consumer counts what is handed over to it.
      const { dropped, discarded } = behind;
      return { ...before, dropped, discarded };
    }),
  });
}
