import { createColors } from 'picocolors';
import { filter, map } from 'rxjs';
import type { PipelineEvent, RowSource } from '../../streams';
import type { Run } from '../replay';
import { terminalText } from '../report/terminalText';
import { wantsColor } from './io';
import type { Io } from './io';
import { logWarnings } from './logWarnings';
import { progressBar } from './progressBar';

interface WatchOptions {
  readonly quiet: boolean;
  readonly warnEvery: readonly [number, number] | undefined;
}

/** Between the counts of one window there is nothing to be shown, and a state for every event has its price. */
const isShown = ({ type }: PipelineEvent): boolean =>
  type === 'window' || type === 'started' || type === 'finished';

/**
 * Shows a run that is about to start on stderr: on a terminal a progress bar with the warnings above
 * it, for people; else the warnings alone, as NDJSON.
 */
export function watchRun(
  { events$, state }: Pick<Run, 'events$' | 'state'>,
  { quiet, warnEvery }: WatchOptions,
  { stderr, env }: Io,
  sources: readonly RowSource[],
): { close: () => void } {
  if (quiet) return { close: () => undefined };
  const metrics$ = events$.pipe(filter(isShown), map(state));
  const scanned = (): number =>
    sources.reduce((rows, source) => rows + (source.scanned?.() ?? 0), 0);
  const bar = stderr.isTTY === true ? progressBar(metrics$, stderr, scanned) : undefined;
  const { yellow } = createColors(wantsColor(stderr, env));
  const log = logWarnings({
    metrics$,
    ...(warnEvery === undefined ? {} : { every: warnEvery }),
    write: (line) => {
      if (bar === undefined) stderr.write(line);
      else bar.above(yellow(terminalText((JSON.parse(line) as { msg: string }).msg)));
    },
  });
  return {
    close: () => {
      log.unsubscribe();
      bar?.close();
    },
  };
}
