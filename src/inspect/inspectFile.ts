import { intervalName, openFiles } from '../../streams';
import type { FileOptions } from '../../streams';
import { statisticsCollector } from './fileStatistics';
import type { Busiest, Stretch } from './fileStatistics';
import { isoOf } from '../output/isoOf';

/** What is in one tick file. Times are ISO 8601 with microseconds, in UTC. */
export interface Inspection {
  readonly file: string;
  readonly format: string;
  /** By what it was recognized. */
  readonly evidence: string;
  /** `tick`, or the length of the recorded bars. */
  readonly interval: string;
  /** Usable ones that make bars. */
  readonly rows: number;
  /** Quotes that are beside trades, or that bars are made of; not there for none. */
  readonly quotes?: number;
  /** What was passed over because it is no row of the kind that is read, by what it is. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly symbols: readonly string[];
  readonly rowsBySymbol: Readonly<Record<string, number>>;
  readonly first: string | null;
  readonly last: string | null;
  /** Windows are aligned with the clock. */
  readonly busiestSecond: Window | null;
  readonly busiest10ms: Window | null;
  /** The longest times without a row. */
  readonly gaps: readonly Gap[];
  /** Bars that are not there between the first and the last of their symbol. */
  readonly missingBars: number;
  readonly outOfOrder: number;
  /** Rows with the time of the row before. */
  readonly equalTimes: number;
  /** Quotes without the side that the price needs. */
  readonly oneSided: number;
  readonly badRows: number;
  /** Trades at a price of exactly 0; not there for none. */
  readonly zeroPrices?: number;
  /** Bars that came twice and count once; not there for none. */
  readonly duplicates?: number;
  /** Bars that begin before the one before them has ended; not there for none. */
  readonly overlaps?: number;
  /** Bars: by what their length is known. */
  readonly intervalEvidence?: string;
  /** What was found that may be unexpected; not there for nothing. */
  readonly notes?: readonly string[];
  /** The first of them. */
  readonly badRowsAt: readonly { readonly line: number; readonly wrong: string }[];
}

export interface Window {
  readonly from: string;
  readonly rows: number;
}

export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

/** Stands for the symbol of a file of which nothing tells it. */
export const UNKNOWN_SYMBOL = '(unknown)';

/** Reads a file from end to end; throws a `SourceError` where it cannot be read. */
export async function inspectFile(file: string, options: FileOptions): Promise<Inspection> {
  const [source] = await openFiles([file], {
    ...options,
    badRows: 'skip',
    acceptsBadFiles: true,
    unknownSymbol: UNKNOWN_SYMBOL,
  });
  if (source === undefined) throw new Error(`${file} was not opened`);
  const looks = statisticsCollector(source.interval);
  for await (const batch of source.batches({ ticks: true })) looks.add(batch);
  const survey = looks.survey();
  const counts = source.counts();
  const bad = await source.badRows();
  return {
    file,
    format: source.format,
    evidence: source.evidence,
    interval: intervalName(source.interval),
    rows: survey.rows,
    ...(survey.quotes > 0 && { quotes: survey.quotes }),
    skipped: counts.skipped,
    symbols: [...survey.symbols.keys()],
    rowsBySymbol: Object.fromEntries(survey.symbols),
    first: survey.first === undefined ? null : isoOf(survey.first),
    last: survey.last === undefined ? null : isoOf(survey.last),
    busiestSecond: windowOf(survey.busiestSecond),
    busiest10ms: windowOf(survey.busiest10ms),
    gaps: survey.gaps.map(gapOf),
    missingBars: survey.missingBars,
    outOfOrder: counts.outOfOrder,
    equalTimes: survey.equalTimes,
    oneSided: counts.oneSided,
    badRows: counts.badRows,
    ...(counts.zeroPrices !== undefined && { zeroPrices: counts.zeroPrices }),
    ...(counts.duplicates !== undefined && { duplicates: counts.duplicates }),
    ...(counts.overlaps !== undefined && { overlaps: counts.overlaps }),
    ...(source.intervalEvidence !== undefined && { intervalEvidence: source.intervalEvidence }),
    ...(source.notes.length > 0 && { notes: source.notes }),
    badRowsAt: bad.map(({ place, wrong }) => ({ line: place, wrong })),
  };
}

const windowOf = (busiest: Busiest | undefined): Window | null =>
  busiest === undefined ? null : { from: isoOf(busiest.from), rows: busiest.rows };

const gapOf = ({ from, to }: Stretch): Gap => ({
  from: isoOf(from),
  to: isoOf(to),
  seconds: (to - from) / 1e6,
});
