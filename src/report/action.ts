import type { Evidence } from './evidence';
import type { Figure } from './knownCapacity';

/** Something that would help, and what in this run speaks for it. */
export interface Action {
  readonly text: string;
  readonly evidence: string;
}

/** One row of the table of actions. */
export interface ActionRule {
  readonly text: string;
  /** Whether there is anything for it to change, given that what it is for is in need. */
  readonly applies: (evidence: Evidence) => boolean;
  readonly evidence: (evidence: Evidence) => string;
  /** What it would do, where the capacity is known. */
  readonly figure?: Figure;
  /** How much of the trouble it can touch, 0 to 1. */
  readonly weight: (evidence: Evidence) => number;
}
