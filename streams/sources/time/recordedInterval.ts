import { largestOf, smallestOf } from '../../../operators/kernel/extremes';
import type { Micros } from '../../bars/bar';
import { DAY, intervalName, parseInterval } from '../../bars/interval';
import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';

/** The length of recorded bars, and by what it is known. */
export interface RecordedInterval {
  readonly length: Micros;
  readonly evidence: string;
  /** Detected by name or gaps, so that bars that overlap disprove it. */
  readonly isInferred?: boolean;
}

/** The first bars of a file. */
interface BarSample {
  /** The file as it was given. */
  readonly file: string;
  /** Base names, which may state a length. */
  readonly names: readonly string[];
  /** Starts or ends of the bars; NaN where they cannot be read. */
  readonly times: readonly Micros[];
  /** Their symbols, where the file has several. */
  readonly symbols?: readonly string[];
}

/** A length that the user or the format states, that the name states, or that the gaps between bars tell. */
export function recordedInterval(
  sample: BarSample,
  { recorded }: Pick<FileOptions, 'recorded'>,
  ofFormat?: Micros,
): RecordedInterval {
  if (recorded !== undefined) {
    const { length } = parseInterval(recorded, 'recorded');
    if (isContradicted(length, gapsOf(sample))) throw tooLong(sample, recorded);
    return { length, evidence: '--recorded' };
  }
  const ofSymbols = gapsOf(sample);
  if (ofFormat !== undefined && !isContradicted(ofFormat, ofSymbols)) {
    return { length: ofFormat, evidence: 'the format' };
  }
  // One bar of each symbol: what is between the symbols has to do.
  const gaps = ofSymbols.total > 0 ? ofSymbols : gapsOf({ ...sample, symbols: [] });
  const named = lengthInNames(sample.names);
  if (named !== undefined && !isContradicted(named.length, gaps)) return named;
  return fromGaps(sample, gaps);
}

const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const MONTH = parseInterval('1mo').length;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z])(daily|eod)(?![a-z])/i, '1d'],
  [/(?<![a-z])hourly(?![a-z])/i, '1h'],
  [/(?<![a-z])weekly(?![a-z])/i, '1w'],
  [/(?<![a-z])monthly(?![a-z])/i, '1mo'],
  [/(?<![a-z])(minute|minutely)(?![a-z])/i, '1m'],
];

/** `BTCUSDT-1mo-2024`, `EURUSD_1h`, `spy-minute`; nothing where a name states several. */
function lengthInNames(names: readonly string[]): RecordedInterval | undefined {
  for (const name of names) {
    const stated = [
      ...name.matchAll(/(?<![a-z0-9])(\d{1,3})(mo|min|ms|s|m|h|d|w)(?![a-z0-9])/gi),
    ].map(([, count = '', unit = '']) =>
      unit === 'M' ? `${count}mo` : `${count}${unit.toLowerCase().replace('min', 'm')}`,
    );
    const words = WORDS.filter(([pattern]) => pattern.test(name)).map(([, length]) => length);
    const found = [...new Set([...stated, ...words])].filter((text) => !text.startsWith('0'));
    const [only] = found;
    if (only === undefined || found.length > 1) continue;
    return {
      length: parseInterval(only).length,
      evidence: `the name says ${only}`,
      isInferred: true,
    };
  }
  return undefined;
}

interface Gaps {
  /** Lengths in the calendar, and how many gaps have them. */
  readonly counts: ReadonlyMap<Micros, number>;
  readonly total: number;
}

/** Gaps between the bars of each symbol; days, weeks and months are distinguished from hours and days. */
function gapsOf({ times, symbols }: BarSample): Gaps {
  const bySymbol = new Map<string, Micros[]>();
  for (const [row, time] of times.entries()) {
    if (Number.isNaN(time)) continue;
    const symbol = symbols?.[row] ?? '';
    const known = bySymbol.get(symbol);
    if (known === undefined) bySymbol.set(symbol, [time]);
    else known.push(time);
  }
  const counts = new Map<Micros, number>();
  let total = 0;
  for (const known of bySymbol.values()) {
    known.sort((a, b) => a - b);
    for (let at = 1; at < known.length; at += 1) {
      const gap = gapBetween(known[at - 1] as Micros, known[at] as Micros);
      if (gap === 0) continue;
      counts.set(gap, (counts.get(gap) ?? 0) + 1);
      total += 1;
    }
  }
  return { counts, total };
}

/** A gap as the calendar has it: days are a day though the clocks were changed, months a month. */
function gapBetween(from: Micros, to: Micros): Micros {
  const gap = to - from;
  const days = Math.round(gap / DAY);
  if (days < 1 || Math.abs(gap - days * DAY) > HOUR) return gap;
  const months = monthsBetween(from, to);
  return months > 0 ? months * MONTH : days * DAY;
}

/** Whole months from one date to another: of the same day, or both of a month's last. */
function monthsBetween(from: Micros, to: Micros): number {
  // Local midnights of any zone are within half a day of that of UTC.
  const [a, b] = [from, to].map((time) => new Date(Math.round(time / DAY) * 86_400_000)) as [
    Date,
    Date,
  ];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const isLast = (date: Date): boolean => new Date(date.getTime() + 86_400_000).getUTCDate() === 1;
  const isAlike = a.getUTCDate() === b.getUTCDate() || (isLast(a) && isLast(b));
  return isAlike ? months : 0;
}

/** A name that says a length which most gaps fall short of is about something else. */
function isContradicted(length: Micros, { counts, total }: Gaps): boolean {
  let shorter = 0;
  for (const [gap, count] of counts) if (gap < length * 0.9) shorter += count;
  return shorter * 2 > total;
}

/** Bars that are closer than they are long. */
function tooLong({ file, times }: BarSample, recorded: string): SourceError {
  const sorted = times.filter(Number.isFinite).toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, at) => time - (sorted[at] as Micros));
  const shortest = smallestOf(gaps.filter((gap) => gap > 0));
  return new SourceError(
    'SOURCE_BAD_OPTION',
    file,
    `its bars cannot be of ${recorded}: most of them are closer, ${intervalName(shortest)} apart`,
    'Say another length with --recorded, or leave it out.',
  );
}

const SECONDS = [1, 5, 10, 15, 30];
const MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 45];
const HOURS = [1, 2, 3, 4, 6, 8, 12];
/** Lengths of bars that vendors have, shortest first. */
const USUAL: readonly Micros[] = [
  ...SECONDS.map((each) => each * 1e6),
  ...MINUTES.map((each) => each * MINUTE),
  ...HOURS.map((each) => each * HOUR),
  DAY,
  7 * DAY,
  MONTH,
  3 * MONTH,
  12 * MONTH,
];

/** Fewer bars out of line than this, of all, are odd stamps. */
const ODD = 0.02;
/** Of this many gaps, one may be odd. */
const MANY = 20;

function fromGaps(sample: BarSample, gaps: Gaps): RecordedInterval {
  const { counts, total } = gaps;
  if (total === 0) {
    throw new SourceError(
      'SOURCE_NO_INTERVAL',
      sample.file,
      'has too few bars to tell how long they are',
      'Say it with --recorded, for instance --recorded 1m.',
    );
  }
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  const [[most, times] = [0, 0]] = sorted;
  const shortest = smallestOf(counts.keys());
  const isUsual = USUAL.includes(most) || (times >= MANY && times >= total * 0.8);
  const shorter = sorted.filter(([gap]) => gap < most).reduce((sum, [, count]) => sum + count, 0);
  const apart = sorted
    .filter(([gap]) => !isWhole(gap, most))
    .reduce((sum, [, count]) => sum + count, 0);
  const few = Math.max(total * ODD, total >= MANY ? 1 : 0);
  const evidence = `${times} of ${total} gaps between bars`;
  // Every gap is a whole number of the shortest, which is a usual length: it is the length.
  const allWhole = [...counts.keys()].every((gap) => isWhole(gap, shortest));
  const isAligned = alignment(sample.times, most) !== 'odd';
  const isFrequent = times * 2 >= total || (total >= MANY && apart <= few);
  // Of few bars, one that stands between the others may say that all are shorter.
  const isDivided = total < MANY && apart > 0 && commonLength(sample, counts, most) < most;
  if (isUsual && isAligned && shorter <= few && isFrequent && !isDivided) {
    return { length: most, evidence, isInferred: true };
  }
  if (
    allWhole &&
    USUAL.includes(shortest) &&
    times <= (counts.get(shortest) ?? 0) &&
    (times * 2 >= total || total >= MANY) &&
    isOnGrid(sample.times, shortest)
  ) {
    const all = `all ${total} gaps between bars are multiples of it`;
    return { length: shortest, evidence: all, isInferred: true };
  }
  throw inDoubt(sample, gaps);
}

/** Whether a gap is a number of bars of a length; days between weeks and months are not counted off. */
const isWhole = (gap: Micros, length: Micros): boolean =>
  length >= DAY ? gap >= length : gap % length === 0 || gap >= DAY;

/** Bars of less than an hour begin on the grid of their length, or at least all at one offset, and often. */
function alignment(times: readonly Micros[], length: Micros): 'grid' | 'offset' | 'odd' {
  if (length >= HOUR) return 'grid';
  if (isOnGrid(times, length)) return 'grid';
  const offsets = new Map<number, number>();
  for (const time of times.filter(Number.isFinite)) {
    const offset = ((time % length) + length) % length;
    offsets.set(offset, (offsets.get(offset) ?? 0) + 1);
  }
  const most = largestOf(offsets.values());
  return most >= MANY && most >= times.length * 0.9 ? 'offset' : 'odd';
}

/** Whether most bars begin on the grid of a length. */
const isOnGrid = (times: readonly Micros[], length: Micros): boolean =>
  length >= HOUR ||
  times.filter((time) => time % length === 0).length * 2 > times.filter(Number.isFinite).length;

/** The longest usual length up to another one of which all gaps are multiples; that one where there is none. */
function commonLength(
  { times }: BarSample,
  counts: ReadonlyMap<Micros, number>,
  upTo: Micros,
): Micros {
  const divides = (length: Micros): boolean =>
    [...counts.keys()].every((gap) => isWhole(gap, length)) && isOnGrid(times, length);
  return USUAL.findLast((length) => length <= upTo && divides(length)) ?? upTo;
}

function inDoubt(sample: BarSample, { counts, total }: Gaps): SourceError {
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3);
  const found = sorted.map(([gap, count]) => `${count} of ${intervalName(gap)}`).join(', ');
  const usual = new Set<Micros>();
  for (const [gap] of sorted) {
    // The length itself, and the longest usual one of which gaps and beginnings are multiples.
    if (USUAL.includes(gap)) usual.add(gap);
    const common = commonLength(sample, counts, gap);
    if (USUAL.includes(common)) usual.add(common);
  }
  const candidates = [...usual].toSorted((a, b) => a - b).map(intervalName);
  return new SourceError(
    'SOURCE_NO_INTERVAL',
    sample.file,
    `does not tell how long its bars are: of ${total} gaps between them ${found}${counts.size > 3 ? ' and others' : ''}`,
    candidates.length === 0
      ? 'If they have one length, say it with --recorded, for instance --recorded 1m; bars of volume, range or ticks have none.'
      : `Say it with --recorded: ${candidates.map((name) => `--recorded ${name}`).join(' or ')}.`,
  );
}
