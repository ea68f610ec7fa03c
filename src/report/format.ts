/** 12345 → 12,345, and 1234.5678 → 1,234.5678; counts come as decimal strings, numbers or bigints. */
export function grouped(count: string | number | bigint): string {
  return String(count).replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** The guide's milliseconds: two decimals, and more where two would show nothing. */
export function milliseconds(value: number): string {
  if (value > 0 && value < 0.01) return `${value.toPrecision(2)} ms`;
  const [whole = '0', decimals = '00'] = value.toFixed(2).split('.');
  return `${grouped(whole)}.${decimals} ms`;
}

/** Milliseconds while they are few, then seconds, minutes, hours. */
export function duration(ms: number): string {
  if (ms < 1000) return milliseconds(ms);
  if (ms < 120_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 7_200_000) return `${(ms / 60_000).toFixed(1)} min`;
  return `${grouped((ms / 3_600_000).toFixed(0))} h`;
}

/** The guide's shares: 0.0025 → 0.25%, 0.85 → 85%. What is not quite nothing or all does not read so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return '<0.01%';
  if (share < 1 && share > 0.99995) return '>99.99%';
  return `${(share * 100).toFixed(2).replace(/\.00$/, '')}%`;
}

/** For sentences: 0.823 → 82 %, 0.042 → 4.2 %. */
export function roundPercent(share: number): string {
  const percents = share * 100;
  if (percents > 0 && percents < 0.1) return 'under 0.1 %';
  if (percents < 100 && percents > 99) return 'over 99 %';
  return `${percents < 10 ? percents.toFixed(1).replace(/\.0$/, '') : percents.toFixed(0)} %`;
}

/** 2.96 → 3.0×. */
export function times(factor: number): string {
  return `${grouped(factor.toFixed(factor < 10 ? 1 : 0))}×`;
}

/** 1 bar, 2 bars. */
export function counted(count: number | bigint, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${BigInt(count) === 1n ? one : many}`;
}

/** Epoch microseconds as an ISO time. */
export function isoTime(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString();
}
