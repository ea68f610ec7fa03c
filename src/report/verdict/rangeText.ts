import type { Micros } from '../../../streams';

const DAY: Micros = 86_400_000_000;

/** 13:30, with seconds where there are any. */
function timeText(iso: string): string {
  return iso.slice(17, 19) === '00' ? iso.slice(11, 16) : iso.slice(11, 19);
}

const isoOf = (micros: Micros): string => new Date(Math.floor(micros / 1_000)).toISOString();

/** "13:30–13:31", or with its day where the data has several: "2024-08-08 13:30–13:31". UTC. */
export function rangeText(from: Micros, to: Micros, hasDays: boolean): string {
  const [start, end] = [isoOf(from), isoOf(to)];
  const day = start.slice(0, 10);
  const isSameDay = end.slice(0, 10) === day || to % DAY === 0;
  const first = `${hasDays ? `${day} ` : ''}${timeText(start)}`;
  const last = isSameDay || !hasDays ? timeText(end) : `${end.slice(0, 10)} ${timeText(end)}`;
  return `${first}–${last}`;
}
