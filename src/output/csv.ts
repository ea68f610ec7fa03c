import type { Micros } from '../../streams';
import { isoOf } from './isoOf';

type Value = string | number | boolean | undefined;

/** How a value is written as a field of CSV. */
export type CsvField = (value: Value) => string;

/** Quoted where it would be taken for something else. Absent values are empty. */
export const csvField: CsvField = (value) => {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};

/**
 * The same for a spreadsheet, which runs a text that begins like a formula: an apostrophe goes before
 * it, and the text is no longer that of the input. https://owasp.org/www-community/attacks/CSV_Injection
 */
export const spreadsheetField: CsvField = (value) =>
  csvField(
    typeof value === 'string' && /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value)
      ? `'${value}`
      : value,
  );

export interface CsvOptions {
  /** Guards texts that a spreadsheet would run as formulas. */
  readonly csvSafe?: boolean;
  /** How times are written: epoch microseconds, or ISO 8601 with microseconds, in UTC. `epoch-us` unless given. */
  readonly timeFormat?: TimeFormat;
}

export type TimeFormat = 'epoch-us' | 'iso';

/** How a time is written. */
export type CsvTime = (time: Micros) => string;

export const timeFor = ({ timeFormat = 'epoch-us' }: CsvOptions): CsvTime =>
  timeFormat === 'iso' ? isoOf : String;

export const fieldFor = ({ csvSafe = false }: CsvOptions): CsvField =>
  csvSafe ? spreadsheetField : csvField;

/** One line, its line feed included. */
export function csvLine(values: readonly Value[], field: CsvField = csvField): string {
  return `${values.map(field).join(',')}\n`;
}
