import type { FileOptions, RowSink } from '../../../streams/sources';
import type { ByteFormat } from '../../../streams/sources/formats';

/** What a decoder hands on, given a file's bytes in pieces of these sizes, over and over. */
export function collect(
  format: ByteFormat,
  content: Buffer,
  sizes: readonly number[],
  options: FileOptions = {},
  path = 'file',
): { rows: unknown[]; symbols: string[]; passed: string[] } {
  const rows: unknown[] = [];
  const symbols: string[] = [];
  const passed: string[] = [];
  const sink: RowSink = {
    symbol: (name) => {
      const known = symbols.indexOf(name);
      return known >= 0 ? known : symbols.push(name) - 1;
    },
    trade: (...row) => rows.push(row),
    quote: (...row) => rows.push(row),
    bar: (...row) => rows.push(row),
    pass: (kind) => passed.push(kind),
    bad: (...row) => rows.push(['bad', ...row]),
  };
  const head = { path, bytes: content.subarray(0, 256 * 1024), ended: content.length < 256 * 1024 };
  const decoder = format.open(head, options).decoder(sink);
  for (let at = 0, turn = 0; at < content.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    // A copy, so that a decoder that keeps a piece must keep its bytes.
    decoder.push(Buffer.from(content.subarray(at, at + size)));
    at += size;
  }
  decoder.end();
  return { rows, symbols, passed };
}
