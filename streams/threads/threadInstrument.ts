import type { MessagePort } from 'node:worker_threads';
import type { Bar } from '../bars/bar';
import type { StageName } from '../events';
import { callModule } from './callModule';
import type { ModuleReference } from './moduleReference';

/**
 * Callbacks for measurements of one stage in its own thread. They run on the stage's hot path: what
 * they cost, the run costs.
 */
export interface ThreadInstrument {
  /** Called at the start of the service of each item, watermarks included; not in the coordinator. */
  readonly onItem?: () => void;
  /** Called with each complete bar for the next stage, within the service that made it. */
  readonly onOutput?: (bar: Bar) => void;
  /**
   * Called when a bar is handed to the next stage, with what that stage's shared cell says. Counts are
   * judged by computed finishes; this includes the hand-over, the wake-up and late timers.
   */
  readonly onHandOver?: (isReady: boolean) => void;
  /** Called with the service time of each item in milliseconds, watermarks included. */
  readonly onServed?: (serviceTime: number) => void;
}

/** A module whose function, a `ThreadInstrumentFactory`, is called in each of the three threads. */
export interface ThreadInstrumentReference extends ModuleReference {
  /** Ports for the thread of each stage. Those of processor and analysis are transferred: one run uses them up. */
  readonly ports?: Readonly<Partial<Record<StageName, readonly MessagePort[]>>>;
}

/** What the module of a `ThreadInstrumentReference` exports. */
export type ThreadInstrumentFactory<A = unknown> = (
  argument: A,
  stage: StageName,
  ports: readonly MessagePort[],
) => ThreadInstrument;

/** Makes a stage's instrument in the calling thread; throws what the module throws. */
export const threadInstrument = (
  reference: ThreadInstrumentReference | undefined,
  stage: StageName,
): ThreadInstrument =>
  reference === undefined
    ? {}
    : (callModule(reference, stage, portsOf(reference, stage)) as ThreadInstrument);

export const portsOf = (
  reference: ThreadInstrumentReference | undefined,
  stage: StageName,
): readonly MessagePort[] => reference?.ports?.[stage] ?? [];

/** What crosses to the thread of a stage: with the ports of that stage alone. */
export const instrumentFor = (
  reference: ThreadInstrumentReference | undefined,
  stage: StageName,
): ThreadInstrumentReference | undefined =>
  reference && { ...reference, ports: { [stage]: portsOf(reference, stage) } };
