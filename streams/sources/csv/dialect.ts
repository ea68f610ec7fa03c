import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';

/** How a text is written, besides its columns. */
export interface Dialect extends Pick<
  FileOptions,
  'decimal' | 'thousands' | 'delimiter' | 'comment'
> {
  /** A name that `TextDecoder` knows. */
  readonly encoding: string;
  /** Lines at the beginning that are passed over. */
  readonly skipLines: number;
  /** Lines between the header and the first row. */
  readonly preamble?: number;
}

/** The dialect of a text, as the options state it and its first bytes say; throws a `SourceError` for one that cannot be. */
export function dialectOf(bytes: Buffer, options: FileOptions): Dialect {
  const { decimal, thousands, delimiter, comment, skipLines = 0 } = options;
  if (decimal !== undefined && decimal === thousands) {
    throw new SourceError(
      'SOURCE_BAD_OPTION',
      '--thousands',
      `"${thousands}" is the decimal sign as well`,
      'Use two different signs.',
    );
  }
  return {
    ...(decimal !== undefined && { decimal }),
    ...(thousands !== undefined && { thousands }),
    ...(delimiter !== undefined && { delimiter }),
    ...(comment !== undefined && { comment }),
    skipLines,
    encoding: encodingOf(bytes, options),
  };
}

/** UTF-16 is recognized by its byte-order mark, or by a zero in every other byte. */
function encodingOf(bytes: Buffer, { encoding }: FileOptions): string {
  if (encoding !== undefined) return checkedEncoding(bytes, encoding);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, Math.min(bytes.length, 400) & ~1);
  let [even, odd] = [0, 0];
  for (let at = 0; at < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const half = sample.length / 2;
  if (half < 2) return 'utf-8';
  if (odd > half * 0.9 && even === 0) return 'utf-16le';
  return even > half * 0.9 && odd === 0 ? 'utf-16be' : 'utf-8';
}

function checkedEncoding(bytes: Buffer, encoding: string): string {
  const wanted = encoding.toLowerCase().replace(/^utf_?(\d)/, 'utf-$1');
  if (wanted === 'utf-16') return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-16le';
  try {
    return new TextDecoder(wanted).encoding;
  } catch (error) {
    throw new SourceError(
      'SOURCE_BAD_OPTION',
      '--encoding',
      `"${encoding}" is not known`,
      'Use utf-8, utf-16, utf-16le, utf-16be, windows-1252 or another name that the web knows.',
      { cause: error },
    );
  }
}

/** Whether DuckDB's scan reads such a text. */
export const isPlainDialect = ({
  decimal = '.',
  thousands,
  comment,
  skipLines,
  encoding,
  preamble,
}: Dialect): boolean =>
  decimal === '.' &&
  thousands === undefined &&
  comment === undefined &&
  skipLines === 0 &&
  encoding === 'utf-8' &&
  preamble === undefined;
