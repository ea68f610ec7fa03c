import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { FilePlan } from '../filePlan';

/** Indexes of the names in a column of a scan, batch after batch. */
export interface SymbolKeys {
  /** The names are in column `at`. A name of nothing, or none, has no index. */
  indexes(chunk: DuckDBDataChunk, at: number, into: Uint32Array): void;
}

export const NO_SYMBOL = 0xffffffff;

/** DuckDB keeps names up to this length where their places are, in four words: the length, and the bytes. */
export const SHORT_NAME = 12;

/** Whether there are longer names among the first rows. */
export function haveLongNames(
  { columns, only }: Pick<FilePlan, 'columns' | 'only'>,
  rows: readonly (readonly string[])[],
): boolean {
  return [columns.symbol, only?.column].some(
    (at) => at !== undefined && rows.some((row) => Buffer.byteLength(row[at] ?? '') > SHORT_NAME),
  );
}

/** Indexes of names; the reader's list of them is appended to. They are the same without blanks around them. */
export function nameIndexes(names: string[]): (name: unknown) => number {
  const known = new Map<string, number>();
  return (name) => {
    const trimmed = typeof name === 'string' ? name.trim() : '';
    if (trimmed === '') return NO_SYMBOL;
    let index = known.get(trimmed);
    if (index === undefined) {
      index = names.push(trimmed) - 1;
      known.set(trimmed, index);
    }
    return index;
  };
}
