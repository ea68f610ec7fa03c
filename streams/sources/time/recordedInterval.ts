import type { Micros } from '../../bars/bar';
import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';

/** What the gaps say; what is asked for, where a file is too short to have gaps. */
export function recordedInterval(
  name: string,
  times: readonly Micros[],
  options: FileOptions,
): Micros {
  const inferred = inferInterval(times) ?? options.bars;
  if (inferred !== undefined) return inferred;
  throw new SourceError(
    'no-interval',
    name,
    'has too few bars to tell how long they are',
    'Say it with --bars, for instance --bars 1m.',
  );
}

/** The length of recorded bars: what divides all gaps between the first of them. */
function inferInterval(times: readonly Micros[]): Micros | undefined {
  const sorted = times.filter(Number.isFinite).toSorted((a, b) => a - b);
  let interval = 0;
  for (let at = 1; at < sorted.length; at += 1) {
    let [a, b] = [(sorted[at] as number) - (sorted[at - 1] as number), interval];
    while (b > 0) [a, b] = [b, a % b];
    interval = a;
  }
  return interval > 0 ? interval : undefined;
}
