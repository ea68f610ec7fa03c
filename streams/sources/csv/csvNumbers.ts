import type { FileOptions } from '../fileOptions';

/** Numbers as DuckDB reads them, underscores between digits included; JavaScript's own reading takes 0x10 as well. */
const NUMBER = /^[-+]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const LOOSE = /_(?!\d)|(?<!\d)_/;

/** A number in plain notation; NaN for anything else. */
function plainNumber(text: string): number {
  if (!NUMBER.test(text)) return NaN;
  if (!text.includes('_')) return Number(text);
  return LOOSE.test(text) ? NaN : Number(text.replaceAll('_', ''));
}

/** Reads numbers with the signs that the options state. */
export function numberReader({
  decimal = '.',
  thousands,
}: Pick<FileOptions, 'decimal' | 'thousands'>): (text: string) => number {
  if (decimal === '.' && thousands === undefined) return plainNumber;
  const grouped = thousands === undefined ? undefined : groupedIn(thousands);
  return (text) => {
    const [whole = '', ...rest] = text.split(decimal);
    if (rest.length > 1) return NaN;
    if (decimal === ',' && thousands !== '.' && whole.includes('.')) return NaN;
    let digits = whole;
    if (grouped !== undefined && thousands !== undefined && whole.includes(thousands)) {
      if (!grouped.test(whole)) return NaN;
      digits = whole.replaceAll(thousands, '');
    }
    return plainNumber(rest.length === 0 ? digits : `${digits}.${rest[0] ?? ''}`);
  };
}

/** Groups of three digits, or the two of lakhs and crores before the last three. */
function groupedIn(thousands: string): RegExp {
  const sign = thousands.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^[-+]?\\d{1,3}(?:${sign}\\d{2,3})*${sign}\\d{3}$`);
}
