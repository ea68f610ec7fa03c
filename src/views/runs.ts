import { JournalError, peekJournal, livenessOf } from '../journal';
import type { JournalHeader } from '../journal';
import { runOf } from '../journal/runDirectory';
import type { BriefVerdict } from '../../streams/events';
import { textOf } from '../strategies/strategyReference';
import type { StatusName } from './status';

/** A line of the list of runs. */
export interface RunEntry {
  readonly id: string;
  readonly path: string;
  /** What is wrong with the journal, where it cannot be read. */
  readonly state: StatusName | 'unreadable' | 'empty';
  readonly problem?: string;
  readonly bytes?: number;
  readonly startedAt?: string;
  readonly mode?: string;
  readonly speed?: number;
  readonly time?: string;
  readonly events?: string;
  /** Share of the input read, 0 to 1, where the journal's end tells it. */
  readonly progress?: number;
  readonly files?: readonly string[];
  /** With their parameters, as at the command line. */
  readonly strategies?: readonly string[];
  readonly label?: string;
  /** Only where it is the baseline. */
  readonly isBaseline?: true;
  /** Absent while the run goes on, and where it was cut off. */
  readonly verdict?: BriefVerdict;
  /** Up to this speed no edge grades worse than low; null: at any speed. Absent where it is not known. */
  readonly sustainableSpeed?: number | null;
}

/** What the ends of a journal tell of its run. */
export async function runEntryOf(path: string, isBaseline = false): Promise<RunEntry> {
  const id = runOf(path);
  try {
    const { header, last, ingested, speeds, bytes } = await peekJournal(path);
    const finished = last?.event.type === 'finished' ? last.event : undefined;
    const { mode, speed, time, files } = header.configuration;
    const label = header.setup?.label;
    return {
      id: header.run,
      path,
      state: finished?.outcome ?? liveState(livenessOf(header, false), last?.event.type),
      bytes,
      startedAt: new Date(header.wall).toISOString(),
      mode,
      speed,
      time,
      events: String(last?.seq ?? 0),
      ...(ingested === undefined ? {} : { progress: ingested.progress }),
      files,
      strategies: strategiesOf(header),
      ...(label === undefined ? {} : { label }),
      ...(isBaseline ? { isBaseline } : {}),
      ...(finished?.verdict === undefined ? {} : { verdict: finished.verdict }),
      ...(speeds === undefined ? {} : { sustainableSpeed: speeds.sustainableSpeed ?? null }),
    };
  } catch (error) {
    // No matter what is wrong with one journal, the others are listed.
    const isEmpty = error instanceof JournalError && error.code === 'JOURNAL_EMPTY';
    return {
      id,
      path,
      state: isEmpty ? 'empty' : 'unreadable',
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

/** A name is known to all; parameters are in the journals that hold the run's setup. */
const strategiesOf = ({ configuration, setup }: JournalHeader): string[] =>
  setup?.strategies.map(({ name, parameters = {} }) =>
    // Of two alike, the name has the parameters already.
    name.includes(':') ? name : textOf({ module: name, parameters }),
  ) ?? [...configuration.strategies];

const liveState = (liveness: string, lastType: string | undefined): StatusName =>
  liveness === 'interrupted' ? 'interrupted' : lastType === 'paused' ? 'paused' : 'running';

/** Which runs are listed; all where nothing is given. */
export interface RunFilter {
  /** How a strategy of the run begins, parameters included. */
  readonly strategy?: string | undefined;
  /** The stage that fell behind, `both` or `none`; or the pattern, or what goes with it. */
  readonly verdict?: string | undefined;
  /** Part of the label. */
  readonly label?: string | undefined;
  readonly state?: RunEntry['state'] | undefined;
  /** Epoch milliseconds. */
  readonly since?: number | undefined;
}

export function isListed(run: RunEntry, filter: RunFilter): boolean {
  const { strategy, verdict, label, state, since } = filter;
  const { culprit, pattern, modifiers = [] } = run.verdict ?? {};
  return (
    (strategy === undefined || (run.strategies ?? []).some((text) => text.startsWith(strategy))) &&
    (verdict === undefined || [culprit, pattern, ...modifiers].includes(verdict)) &&
    (label === undefined || (run.label ?? '').includes(label)) &&
    (state === undefined || run.state === state) &&
    (since === undefined || (run.startedAt !== undefined && Date.parse(run.startedAt) >= since))
  );
}
