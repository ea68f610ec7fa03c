import type { Micros } from '../../streams';

/** ISO 8601 with microseconds, in UTC: 2024-08-08T23:54:15.342000Z. */
export function isoOf(time: Micros): string {
  const seconds = new Date(Math.floor(time / 1e6) * 1000).toISOString().slice(0, -5);
  const micros = ((time % 1e6) + 1e6) % 1e6;
  return `${seconds}.${String(micros).padStart(6, '0')}Z`;
}
