import type { TaskResult } from './results';

/** A run of a group: a task of a sweep, or a partition of a publication. */
export type Member =
  | (TaskResult & { readonly status: 'done' | 'running' })
  /** One without a state: why. */
  | { readonly id: string; readonly status: 'failed'; readonly why: string };

/** Several runs that are looked at as one. */
export interface Group {
  readonly name: string;
  /** By name, each once. */
  readonly members: readonly Member[];
}

/** Where the members of a group are looked up, again and again. */
export interface GroupReader {
  readonly read: () => Promise<Group>;
  readonly close: () => Promise<void>;
}
