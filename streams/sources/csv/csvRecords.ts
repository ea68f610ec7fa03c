import { smallestOf } from '../../../operators/kernel/extremes';
export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins in the file, counted from 1, header and blank lines included. */
  readonly line: number;
  /** False for what was cut off at the end of the text. */
  readonly ended: boolean;
}

/** How a text is cut into records. */
interface Splitting {
  readonly delimiter: string;
  /** Lines at the beginning that are passed over. */
  readonly skipLines?: number | undefined;
  /** Lines that begin with it are passed over. */
  readonly comment?: string | undefined;
  /** Records behind the first one, the header, that are passed over. */
  readonly preamble?: number | undefined;
}

/**
 * Splits text that comes in pieces into records: quotes may hide delimiters and line ends, a doubled
 * quote stands for one, lines end in LF or CRLF, blank lines are no records.
 */
export function csvSplitter(
  { delimiter, skipLines = 0, comment = '', preamble = 0 }: Splitting,
  take: (record: CsvRecord) => void,
): { push(text: string): void; end(): void } {
  const hasOtherLines = skipLines > 0 || comment !== '';
  let held = '';
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  let before = '';
  /** No character of a record was seen. */
  let isFresh = true;
  let records = 0;

  const end = (ended: boolean): void => {
    const last = field.endsWith('\r') && !quoted ? field.slice(0, -1) : field;
    const isBlank = fields.length === 0 && last === '';
    if (!isBlank) {
      records += 1;
      if (records === 1 || records > preamble + 1) {
        take({ fields: [...fields, last], line: began, ended });
      }
    }
    fields = [];
    field = '';
    isFresh = true;
  };

  const split = (piece: string): void => {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      if (isFresh && hasOtherLines) {
        if (line <= skipLines || (comment !== '' && piece.startsWith(comment, at))) {
          const next = piece.indexOf('\n', at);
          line += 1;
          began = line;
          at = next < 0 ? piece.length : next;
          from = at + 1;
          continue;
        }
      }
      isFresh = false;
      const char = piece[at] as string;
      if (char === '"') {
        if (quoted) {
          field += piece.slice(from, at);
          from = at + 1;
          quoted = false;
        } else if (field === '' && from === at) {
          quoted = true;
          from = at + 1;
        } else if (before === '"') {
          field += piece.slice(from, at);
          from = at;
          quoted = true;
        }
      } else if (char === '\n') {
        line += 1;
        if (!quoted) {
          field += piece.slice(from, at);
          from = at + 1;
          end(true);
          began = line;
        }
      } else if (char === delimiter && !quoted) {
        fields.push(field + piece.slice(from, at));
        field = '';
        from = at + 1;
      }
      before = char;
    }
    field += piece.slice(from);
  };

  return {
    push: (text) => {
      if (!hasOtherLines) {
        split(text);
        return;
      }
      // Whole lines, so that their beginnings can be seen.
      const known = held + text;
      const whole = known.lastIndexOf('\n') + 1;
      held = known.slice(whole);
      split(known.slice(0, whole));
    },
    end: () => {
      if (held !== '') split(held);
      end(false);
    },
  };
}

/** The same, for pieces that are awaited or available. */
export async function* csvRecords(
  pieces: AsyncIterable<string> | Iterable<string>,
  splitting: Splitting,
): AsyncGenerator<CsvRecord> {
  const found: CsvRecord[] = [];
  const splitter = csvSplitter(splitting, (record) => found.push(record));
  for await (const piece of pieces) {
    splitter.push(piece);
    yield* found.splice(0);
  }
  splitter.end();
  yield* found.splice(0);
}

/** The delimiter that cuts the first lines into the most columns; a comma where none does. */
export function delimiterOf(text: string): string {
  const lines = text.split('\n', 10).filter((line) => line.trim() !== '');
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|']) {
    const fewest = smallestOf(lines.map((line) => line.split(delimiter).length - 1));
    if (fewest > most) {
      most = fewest;
      best = delimiter;
    }
  }
  return best;
}
