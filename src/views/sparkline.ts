const LEVELS = '▁▂▃▄▅▆▇█';
const EIGHTHS = ' ▏▎▍▌▋▊▉';

const share = (value: number, full: number): number =>
  full > 0 ? Math.min(1, Math.max(0, value / full)) : 0;

/** The latest values side by side, at most `width`; `full` is the height of the whole line. */
export function sparkline(values: readonly number[], width: number, full: number): string {
  if (width <= 0) return '';
  return values
    .slice(-width)
    .map((value) => LEVELS[Math.min(7, Math.floor(share(value, full) * 8))] ?? ' ')
    .join('')
    .padStart(width);
}

/** A bar of a whole, `width` cells long, exact to an eighth of a cell. */
export function bar(value: number, width: number): string {
  if (width <= 0) return '';
  const eighths = Math.round(share(value, 1) * width * 8);
  const full = Math.floor(eighths / 8);
  const rest = full === width ? '' : (EIGHTHS[eighths % 8] ?? '');
  return ('█'.repeat(full) + rest).padEnd(width);
}
