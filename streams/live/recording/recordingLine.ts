import type { Micros } from '../../bars/bar';
import { microsOfDigits } from '../../sources/bytes/numbers';

/** How a feed in a recording is read. */
export interface RecordedSource {
  readonly name: string;
  /** Name of the format of its frames. */
  readonly format: string;
  readonly price?: 'mid' | 'bid' | 'ask';
}

/** The first line of a recording. */
export interface RecordingHeader {
  readonly version: 1;
  readonly sources: readonly RecordedSource[];
  readonly graceMs: number;
  readonly staleMs: number;
}

/** What a line of a recording says. */
export type RecordingEntry =
  | { readonly kind: 'header'; readonly json: string }
  | { readonly kind: 'frame'; readonly text: string }
  | { readonly kind: 'bytes' }
  /** Lines behind it are of this source. */
  | { readonly kind: 'from'; readonly source: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'close'; readonly reason: string }
  | { readonly kind: 'drop' | 'discard'; readonly from: number; readonly to: number }
  | { readonly kind: 'end' };

const LINE_BREAKS = /[\r\n\u2028\u2029]+/g;
const LINE = /^(\d{10,19})[\s,;|]([^]*)$/;

/**
 * A recording is text, a line a frame: the time of receipt in nanoseconds, a space, and the frame as it
 * came. That is what `binance-frames` and other recorders write. Other lines have a word with a `#`
 * instead of the frame; readers of frames pass over them.
 */
export function recordingLine(at: Micros, entry: RecordingEntry): string {
  return `${at}000 ${textOf(entry)}\n`;
}

function textOf(entry: RecordingEntry): string {
  switch (entry.kind) {
    case 'header':
      return `#barometer ${entry.json}`;
    case 'frame': {
      // Between the values of JSON a line break is a space; elsewhere the frame is damaged, and stays so.
      const line = entry.text.replace(LINE_BREAKS, ' ');
      return line.startsWith('#') ? `#text ${line}` : line;
    }
    case 'bytes':
      return '#bytes';
    case 'from':
      return `#from ${entry.source}`;
    case 'open':
      return '#open';
    case 'close':
      return `#close ${entry.reason.replace(LINE_BREAKS, ' ')}`;
    case 'drop':
    case 'discard':
      return `#${entry.kind} ${entry.from} ${entry.to}`;
    case 'end':
      return '#end';
  }
}

/** A line as it was read; undefined where it has no time of receipt, or a word that is not known. */
export function readRecordingLine(
  line: string,
): { readonly at: Micros; readonly entry: RecordingEntry } | undefined {
  const [, digits, text] = LINE.exec(line) ?? [];
  if (digits === undefined || text === undefined) return undefined;
  // Nineteen digits do not fit a double: nanoseconds are cut off as text.
  const at = microsOfDigits(digits);
  if (!text.startsWith('#')) return { at, entry: { kind: 'frame', text } };
  const entry = entryOf(text);
  return entry && { at, entry };
}

function entryOf(text: string): RecordingEntry | undefined {
  const [, word = '', rest = ''] = /^#(\w+) ?([^]*)$/.exec(text) ?? [];
  const [from = NaN, to = from] = rest.split(' ').map(Number);
  switch (word) {
    case 'barometer':
      return { kind: 'header', json: rest };
    case 'text':
      return { kind: 'frame', text: rest };
    case 'bytes':
      return { kind: 'bytes' };
    case 'from':
      return Number.isSafeInteger(from) ? { kind: 'from', source: from } : undefined;
    case 'open':
      return { kind: 'open' };
    case 'close':
      return { kind: 'close', reason: rest };
    case 'drop':
    case 'discard':
      return Number.isSafeInteger(from) && Number.isSafeInteger(to)
        ? { kind: word, from, to }
        : undefined;
    case 'end':
      return { kind: 'end' };
    default:
      return undefined;
  }
}
