import type { FileOptions, RowSource } from '../../streams';
import { surveyOf } from '../cluster';
import type { Report } from '../report';
import { isoTime } from '../report/format';

/** The sentence for a run over files that had no row for it, with what they cover. */
export async function nothingRead(
  { run, bars }: Report,
  sources: readonly RowSource[],
  options: FileOptions = {},
): Promise<string | undefined> {
  const isOver = run.outcome === undefined;
  if (!isOver || bars.ticks !== '0' || bars.base !== '0') return undefined;
  if (sources.length === 0 || !sources.every((source) => 'notes' in source)) return undefined;
  const text = 'the files have no row in the session';
  try {
    const whole = Object.entries(options).filter(([name]) => name !== 'from' && name !== 'to');
    const { first, last } = await surveyOf(
      sources.map(({ name }) => name),
      Object.fromEntries(whole),
    );
    if (first === undefined || last === undefined) return text;
    return `${text}: they cover ${isoTime(first)} to ${isoTime(last)}`;
  } catch {
    // What a source is called need not be a path.
    return text;
  }
}
