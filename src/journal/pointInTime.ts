import { microsOfIso } from '../../streams/sources/time/isoTime';
import { JournalError } from './journalError';

/** A moment of a run, by one of its three orders; `time` and `timeOfDay` are still to be distinguished. */
export type PointInTime =
  | { readonly seq: number }
  /** Epoch milliseconds on the wall. */
  | { readonly wall: number }
  /** Epoch milliseconds of market time. */
  | { readonly market: number }
  /** Epoch milliseconds: on the wall if the run had begun by then, else of market time. */
  | { readonly time: number }
  /** Market time: milliseconds after midnight, UTC, of the first row's day. */
  | { readonly timeOfDay: number };

const PREFIXED = /^(seq|market|wall):(.+)$/;
const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:Z| ?UTC)?$/;

/**
 * What was requested by `--at`: the number of an event, or a time, in ISO form or as 13:30 of the
 * first day, UTC unless it says otherwise. `seq:`, `market:` and `wall:` before it leave no doubt.
 */
export function parsePointInTime(text: string): PointInTime {
  const [, order, value = ''] = PREFIXED.exec(text.trim()) ?? [undefined, undefined, text.trim()];
  if (/^\d+$/.test(value) && (order === undefined || order === 'seq'))
    return { seq: Number(value) };
  const timeOfDay = order === 'wall' || order === 'seq' ? undefined : timeOfDayIn(value);
  if (timeOfDay !== undefined) return { timeOfDay };
  const time = order === 'seq' ? NaN : timeIn(value);
  if (Number.isNaN(time)) {
    throw new JournalError(
      'JOURNAL_POINT_IN_TIME',
      text,
      'no moment of a run. Say the number of an event (1200), or a market or wall time ' +
        '(2024-08-08T13:30:00Z, 13:30); market:… and wall:… tell them apart.',
    );
  }
  if (order === 'wall') return { wall: time };
  return order === 'market' ? { market: time } : { time };
}

function timeOfDayIn(text: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = TIME_OF_DAY.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Epoch milliseconds. */
const timeIn = (text: string): number => (microsOfIso(text) ?? NaN) / 1_000;
