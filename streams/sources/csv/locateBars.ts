import type { Micros } from '../../bars/bar';
import type { Compression } from '../compression/compression';
import type { FilePlan } from '../filePlan';
import type { BarPlace } from '../order/barConflict';
import type { BarTimes } from '../time/barTimes';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import { csvRecords } from './csvRecords';
import { csvRowReader } from './csvRow';
import type { CsvTable } from './csvTable';
import { textPieces } from './plainBytes';

interface BarsText {
  readonly path: string;
  readonly compression: Compression;
  /** For reading row by row. */
  readonly plan: FilePlan;
  readonly time: TimeColumn | LayoutTime;
  readonly bars: BarTimes;
  readonly csv: CsvTable;
}

/** Rows of a text with the bar of a symbol that begins at `start`, with their lines: the text is read again. */
export async function locateBars(
  { path, compression, plan, time, bars, csv }: BarsText,
  symbol: string,
  start: Micros,
): Promise<readonly BarPlace[]> {
  const { dialect, delimiter } = csv;
  const { only } = plan;
  const rows = csvRowReader(plan, csv.probe.width, time, dialect);
  const found: BarPlace[] = [];
  let header = csv.hasHeader;
  const pieces = textPieces(path, compression, dialect.encoding);
  for await (const { fields, line } of csvRecords(pieces, { ...dialect, delimiter })) {
    if (header) {
      header = false;
      continue;
    }
    if (only !== undefined && fields[only.column] !== only.value) continue;
    if (rows.read(fields) !== undefined) continue;
    const { time: at, values } = rows.row;
    const begins = bars.startOf === undefined ? at - bars.shift : bars.startOf(at);
    if (begins !== start || rows.row.symbol !== symbol) continue;
    const [open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = values;
    found.push({ line, values: { open, high, low, close, volume } });
  }
  return found;
}
