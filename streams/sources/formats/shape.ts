import type { Probe } from './format';

const shapes = {
  integer: /^-?\d+$/,
  number: /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/,
  time: /^\d{10}(\d{3}){0,3}$/,
  boolean: /^(true|false)$/i,
} as const;

export type Shape = keyof typeof shapes;

/** Whether the first rows of a file without a header look like these columns. Some rows may be damaged. */
export function hasShape(probe: Probe, columns: readonly Shape[]): boolean {
  if (probe.header !== undefined || probe.width !== columns.length) return false;
  const fits = probe.rows.filter(
    (row) =>
      row.length === columns.length &&
      columns.every((shape, at) => shapes[shape].test(row[at] as string)),
  );
  return fits.length > 0 && fits.length * 2 > probe.rows.length;
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
