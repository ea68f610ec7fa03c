/** 12345 → 12,345; a count is a decimal string of any length. */
export const grouped = (count: string | number | bigint): string =>
  String(count).replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** 0.0025 → 0.25%. What is not quite nothing or all does not read so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return '<0.01%';
  if (share < 1 && share > 0.99995) return '>99.99%';
  return `${(share * 100).toFixed(2).replace(/\.00$/, '')}%`;
}

/** Milliseconds while they are few, then seconds, minutes, hours. */
export function duration(ms: number): string {
  if (ms > 0 && ms < 0.01) return `${ms.toPrecision(2)} ms`;
  if (ms < 1000) return `${ms.toFixed(2)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 7_200_000) return `${(ms / 60_000).toFixed(1)} min`;
  return `${grouped((ms / 3_600_000).toFixed(0))} h`;
}

/** Epoch milliseconds, UTC: 2024-08-08 13:30:00. */
export const timeText = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');

/** An ISO time without the letters. */
export const isoText = (iso: string): string => iso.replace('T', ' ').replace(/(\.000)?Z$/, '');

/** A speed without bound is null in JSON. */
export const speedText = (speed: number | null): string =>
  speed === null ? 'any speed' : `${grouped(Number(speed.toPrecision(4)))}×`;
