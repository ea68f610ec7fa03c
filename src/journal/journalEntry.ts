import type { PipelineEvent, RunConfiguration } from '../../streams/events';
import type { RunSetup } from './runSetup';

/** Which journals this version writes; it reads this one and older ones. Fields are only ever added within a schema; a new type of event makes a new one. */
export const JOURNAL_SCHEMA = 1;

/** The first line of a journal. */
export interface JournalHeader {
  readonly seq: 0;
  readonly type: 'journal';
  readonly schema: number;
  /** The run's id. */
  readonly run: string;
  /** Epoch milliseconds. */
  readonly wall: number;
  /** Whose process writes it: by these two a reader tells a run in progress from one that was killed. */
  readonly pid: number;
  readonly host: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly configuration: RunConfiguration;
  /** All that the run was asked to do, and what it was made of; absent in journals of earlier versions. */
  readonly setup?: RunSetup;
}

/** One event as it stands in a journal; `event.at` is the time on the run's clock. */
export interface JournalEntry {
  /** Number of the event, from 1 on. */
  readonly seq: number;
  /** When it was heard of: epoch milliseconds. */
  readonly wall: number;
  readonly event: PipelineEvent;
}
