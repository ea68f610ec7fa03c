import type { Probe } from './format';

const shapes = {
  integer: /^-?\d+$/,
  number: /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/,
  time: /^\d{10}(\d{3}){0,3}$/,
  timeWithDecimals: /^1\d{9}(\.\d{1,9})?$/,
  dottedTime: /^\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}(:\d{2})?$/,
  dottedDate: /^\d{4}\.\d{2}\.\d{2}$/,
  boolean: /^(true|false)$/i,
  usDate: /^(0?\d|1[0-2])\/\d{1,2}\/\d{4}$/,
  clock: /^\d{1,2}:\d{2}$/,
  clockWithSeconds: /^\d{1,2}:\d{2}:\d{2}(\.\d{1,6})?$/,
  compactTime: /^\d{8} \d{9}$/,
  compactSeconds: /^\d{8} \d{6}$/,
  compactDate: /^\d{8} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/,
  pair: /^[A-Z]{3}\/[A-Z]{3}$/,
} as const;

type Shape = keyof typeof shapes;

/** Whether the first rows of a file without a header look like these columns. Some rows may be damaged. */
export function hasShape(probe: Probe, columns: readonly Shape[]): boolean {
  if (probe.header !== undefined || probe.width !== columns.length) return false;
  const fits = probe.rows.filter(
    (row) =>
      row.length === columns.length &&
      columns.every((shape, at) => shapes[shape].test((row[at] as string).trim())),
  );
  return fits.length > 0 && fits.length * 2 > probe.rows.length;
}

/** Whether the header has all these names. */
export const hasNames = ({ header }: Probe, names: readonly string[]): boolean =>
  header !== undefined && names.every((name) => header.includes(name));

/** Positions of columns by their exact names; those that are not there are left out. */
export function positions<R extends string>(
  { header = [] }: Probe,
  names: Readonly<Partial<Record<R, string>>>,
): Partial<Record<R, number>> {
  const found: Partial<Record<R, number>> = {};
  for (const [role, name] of Object.entries(names) as [R, string][]) {
    const at = header.indexOf(name);
    if (at >= 0) found[role] = at;
  }
  return found;
}

/** What a file's name begins with, up to the word that says what is in it: BTCUSDT-trades-2024-08-08. */
export function symbolBefore(probe: Probe, word: RegExp): string | undefined {
  for (const name of probe.names) {
    const match = /^([A-Z0-9_]+)-(.+)$/i.exec(name);
    if (match?.[1] !== undefined && match[2] !== undefined && word.test(match[2])) {
      return match[1].toUpperCase();
    }
  }
  return undefined;
}
