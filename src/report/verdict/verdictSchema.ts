import type { EdgeName, Pattern, StageName } from '../../../streams/events';
import type { Micros } from '../../../streams';

export type Culprit = 'none' | StageName | 'both';

/** What goes with a pattern, or stands beside it. */
export type Modifier = 'scheduled' | 'gc' | 'warm-up' | 'failing-strategy';

/** Market time, (from, to], in which an edge fell behind. */
export interface When {
  /** Epoch microseconds. */
  readonly from: Micros;
  readonly to: Micros;
  readonly edge: EdgeName;
  /** *Behind* events in the range: decimal digits. */
  readonly behind: string;
  /** Of the range's deliveries. */
  readonly share: number;
}

/** How far the service times can be relied on. */
export interface Confidence {
  /** Time for which the serving threads waited for a core, over that and their running time; null where it is unknown. */
  readonly runQueueShare: number | null;
  /** Garbage collection pauses over the run's real time. */
  readonly gcShare: number;
  readonly note?: string;
}

/** Who, why, when, how fast, and how sure. */
export interface Verdict {
  /** `both`: two stages or more. */
  readonly culprit: Culprit;
  /** Every accused stage. */
  readonly culprits: readonly StageName[];
  /** Stages that could not keep up either, if a slow one before them did not slow down their arrivals. */
  readonly shielded: readonly StageName[];
  /** No stage would fall behind alone: the stages together do. */
  readonly tandem: boolean;
  /** `minutes`: the run keeps up but for some minutes. */
  readonly scope: 'run' | 'minutes';
  readonly pattern?: Pattern;
  readonly modifiers: readonly Modifier[];
  readonly text: string;
  /** Most *behind* events first. */
  readonly when: readonly When[];
  /** Up to this speed no edge grades worse than low; null in JSON where any speed will do. */
  readonly sustainableSpeed?: number;
  /** Up to this speed no market minute has more work for a stage than it has time. */
  readonly stableSpeed?: number;
  /** Speeds are estimates: not everything was served. */
  readonly estimated: boolean;
  readonly confidence: Confidence;
}
