import type { StageName } from '../../../streams/events';

export type ActionKind =
  | 'faster-stage'
  | 'remove-strategy'
  | 'fewer-symbols'
  | 'fewer-intervals'
  | 'overlap-waits'
  | 'more-room'
  | 'faster-source'
  | 'shards';

/** The speeds that a run would have if something were different. */
export interface Effect {
  readonly sustainableSpeed: number;
  readonly stableSpeed: number;
}

/** Something that would help, what in this run speaks for it, and what it would do. */
export interface Action {
  readonly kind: ActionKind;
  readonly stage: StageName;
  readonly strategy?: string;
  readonly symbol?: string;
  readonly interval?: string;
  readonly text: string;
  readonly evidence: string;
  /** By the recursion with that work taken away; absent for the source and the machine, and where service times were not recorded. */
  readonly effect?: Effect;
}

export type { TakenWork } from '../../../streams/events';
