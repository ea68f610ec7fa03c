import type { Micros } from '../../bars/bar';
import { SourceError } from '../sourceError';

/** Reads times that are written alike. */
export interface StampParser {
  /**
   * Microseconds since 1970 as written: universal where the text says its zone, else local; NaN where it
   * is written otherwise or does not exist.
   */
  readonly parse: (text: string) => Micros;
  /** Whether the text that was parsed last said its zone. */
  readonly isZoned: boolean;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** What each directive matches. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  y: '(\\d{2})',
  m: '(\\d{1,2})',
  d: '(\\d{1,2})',
  b: '([A-Za-z]{3,9})\\.?',
  H: '(\\d{1,2})',
  I: '(\\d{1,2})',
  M: '(\\d{2})',
  S: '(\\d{2})',
  f: '(\\d{1,9})',
  p: '([AaPp]\\.?[Mm]\\.?)',
  z: '(Z|UTC|GMT|[-+]\\d{2}(?::?\\d{2})?)',
};

/** Fields without anything between them have a fixed width. */
const FIXED: Readonly<Record<string, string>> = {
  m: '(\\d{2})',
  d: '(\\d{2})',
  H: '(\\d{2})',
  I: '(\\d{2})',
};

/** Words of the other notation, the longest first. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^YYYY|^yyyy/, '%Y'],
  [/^YY|^yy/, '%y'],
  [/^MMMM|^MMM/, '%b'],
  [/^MM|^M/, '%m'],
  [/^DD|^D|^dd|^d/, '%d'],
  [/^HH|^H/, '%H'],
  [/^hh|^h/, '%I'],
  [/^mm|^m/, '%M'],
  [/^ss|^s/, '%S'],
  [/^S+|^f+/, '%f'],
  [/^[Aa]/, '%p'],
  [/^Z+/, '%z'],
];

/** `DD/MM/YYYY HH:mm:ss` in the notation of `strptime`; a format with a percent sign is in it already. */
function directivesOf(format: string): string {
  if (format.includes('%')) return format.replaceAll('%B', '%b').replaceAll('%T', '%H:%M:%S');
  let rest = format;
  let found = '';
  while (rest !== '') {
    const word = WORDS.find(([pattern]) => pattern.test(rest));
    const taken = word?.[0].exec(rest)?.[0] ?? rest.charAt(0);
    found += word?.[1] ?? (/[%]/.test(taken) ? `%${taken}` : taken);
    rest = rest.slice(taken.length);
  }
  return found;
}

/** Whether a format has a time of day in it. */
export const hasTimeOfDay = (format: string): boolean => /%[HI]/.test(directivesOf(format));

/**
 * A parser for one format: `%d.%m.%Y %H:%M:%S`, or `DD.MM.YYYY HH:mm:ss`. Years of two digits are of
 * 1970 to 2069. Throws a `SourceError` for a format that cannot say a date.
 */
export function dateFormat(format: string): StampParser {
  const { pattern, fields } = compile(format);
  let zoned = false;
  return {
    get isZoned() {
      return zoned;
    },
    parse: (text) => {
      const match = pattern.exec(text.trim());
      if (match === null) return NaN;
      const part = (field: string): string | undefined =>
        fields.includes(field) ? match[fields.indexOf(field) + 1] : undefined;
      const has = (field: string): boolean => fields.includes(field);
      const short = Number(part('y'));
      const year = has('Y') ? Number(part('Y')) : short + (short < 70 ? 2000 : 1900);
      const month = has('b')
        ? MONTHS.indexOf((part('b') ?? '').slice(0, 3).toLowerCase()) + 1
        : Number(part('m'));
      let hour = has('H') ? Number(part('H')) : has('I') ? Number(part('I')) : 0;
      if (has('p')) {
        if (hour < 1 || hour > 12) return NaN;
        hour = (hour % 12) + (/^p/i.test(part('p') ?? '') ? 12 : 0);
      }
      const fraction = has('f') ? Number((part('f') ?? '').padEnd(6, '0').slice(0, 6)) : 0;
      const day = microsOfDay(year, month, has('d') ? Number(part('d')) : 1);
      const time = microsOfTime(hour, Number(part('M') ?? 0), Number(part('S') ?? 0));
      const zone = part('z');
      zoned = zone !== undefined;
      return day + time + fraction - (zone === undefined ? 0 : offsetOf(zone));
    },
  };
}

function compile(format: string): { pattern: RegExp; fields: readonly string[] } {
  const fields: string[] = [];
  let source = '';
  const written = directivesOf(format.trim());
  for (let at = 0; at < written.length; at += 1) {
    const letter = written[at] === '%' ? (written[at + 1] ?? '') : undefined;
    if (letter === undefined || letter === '%') {
      const char = written[at] as string;
      source += /\s/.test(char) ? '\\s+' : char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      if (letter === '%') at += 1;
      continue;
    }
    const matches = DIRECTIVES[letter];
    if (matches === undefined || fields.includes(letter)) throw unusable(format);
    // Of a fraction, the dot before it may be missing with it.
    const isJoined = written[at + 2] === '%' || written[at - 2] === '%';
    source += (isJoined && FIXED[letter]) || matches;
    fields.push(letter);
    at += 1;
  }
  source = source.replace(/(\\\.|,)\(\\d\{1,9\}\)/, '(?:[.,](\\d{1,9}))?');
  const isDate =
    fields.some((field) => field === 'Y' || field === 'y') &&
    fields.some((field) => field === 'm' || field === 'b');
  if (!isDate) throw unusable(format);
  return { pattern: new RegExp(`^${source}$`), fields };
}

const unusable = (format: string): SourceError =>
  new SourceError(
    'SOURCE_BAD_OPTION',
    '--date-format',
    `"${format}" does not say where year, month and day are`,
    "Write it like '%d/%m/%Y %H:%M:%S' or 'DD/MM/YYYY HH:mm:ss' (%y: two digits, %b: Jan, %I %p: 9 AM, %f: fraction).",
  );

/** NaN for a day that does not exist. */
function microsOfDay(year: number, month: number, day: number): Micros {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 100) date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.getTime() * 1000
    : NaN;
}

/** NaN for a time of day that does not exist. */
export const microsOfTime = (hour: number, minute: number, second: number): Micros =>
  hour < 24 && minute < 60 && second < 60 ? ((hour * 60 + minute) * 60 + second) * 1e6 : NaN;

/** Microseconds that a zone such as `-05:00` is ahead of UTC. */
export function offsetOf(zone: string): Micros {
  if (/^[A-Z]/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60e6;
}
