export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins in the file, counted from 1, header and blank lines included. */
  readonly line: number;
  /** False for what was cut off at the end of the text. */
  readonly ended: boolean;
}

/**
 * Splits text that comes in pieces into records: quotes may hide delimiters and line ends, a doubled
 * quote stands for one, lines end in LF or CRLF, blank lines are no records.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  let before = '';

  const end = (ended: boolean): CsvRecord | undefined => {
    const last = field.endsWith('\r') && !quoted ? field.slice(0, -1) : field;
    const record = { fields: [...fields, last], line: began, ended };
    const blank = fields.length === 0 && last === '';
    fields = [];
    field = '';
    return blank ? undefined : record;
  };

  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
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
          const record = end(true);
          if (record !== undefined) yield record;
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
  }
  const record = end(false);
  if (record !== undefined) yield record;
}

/** The delimiter that cuts the first lines into the most columns; a comma where none does. */
export function delimiterOf(text: string): string {
  const lines = text.split('\n', 10).filter((line) => line.trim() !== '');
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|']) {
    const fewest = Math.min(...lines.map((line) => line.split(delimiter).length - 1));
    if (fewest > most) {
      most = fewest;
      best = delimiter;
    }
  }
  return best;
}
