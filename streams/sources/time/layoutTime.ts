import type { Micros } from '../../bars/bar';
import { epochMicros, unitOf } from './timeColumn';
import { OTHER_EPOCHS } from './calendarNumbers';
import type { OtherEpoch } from './calendarNumbers';
import { dateFormat, offsetOf } from './dateFormat';
import type { StampParser } from './dateFormat';
import type { TimeOfDay } from './timeOfDay';
import { readTimeOfDay } from './timeOfDay';
import { PLAUSIBLE } from './plausibleYears';

/** Times that are read row by row, in JavaScript: what DuckDB's reader has no type for. */
export interface LayoutTime {
  readonly written: 'layout';
  /** For people. */
  readonly evidence: string;
  /** A parser of `date time`, or of the one column, as the rows have it. */
  parser(): StampParser;
}

const ZONE = /\s*(Z|UTC|(?:GMT)?[-+]\d{2}:?\d{2}|(?:GMT)?[-+]\d{2}|GMT)$/i;

/** Cuts `2024-01-02T10:00:00+01:00` into its date, its time of day and its zone. */
export function splitStamp(text: string): { date: string; time: string; zone: string } {
  const cut = /^(.*?\d)(?:[ TD]+|(?<=\d{4})_)(\d{1,2}:\d{2}.*|\d{4,6}(?:[.,]?\d+)?)$/.exec(
    text.trim(),
  );
  if (cut === null) return { date: text.trim(), time: '', zone: '' };
  const [, date = '', rest = ''] = cut;
  const zone = rest.includes(':') ? (ZONE.exec(rest)?.[0] ?? '') : '';
  const time = rest.slice(0, rest.length - zone.length);
  return { date: date.trim(), time, zone: zone.trim().replace(/^GMT(?=[-+])/i, '') };
}

/** A date in a known format, and behind it a time of day, if there is any, and a zone. */
export function stampLayout(format: string, timeOfDay: TimeOfDay | undefined): LayoutTime {
  const written = timeOfDay === undefined ? 'no time of day' : timeOfDay;
  return {
    written: 'layout',
    evidence: `dates ${format}, ${timeOfDay === 'clock' ? 'times H:M:S' : written}`,
    parser: () => {
      const dates = dateFormat(format);
      const read = timeOfDay === undefined ? undefined : readTimeOfDay(timeOfDay);
      let day = '';
      let start: Micros = NaN;
      let zoned = false;
      return {
        get isZoned() {
          return zoned;
        },
        parse: (text) => {
          const { date, time, zone } = splitStamp(text);
          if (date !== day) {
            day = date;
            start = dates.parse(date);
          }
          zoned = zone !== '';
          const offset = zoned ? offsetOf(zone) : 0;
          return start - offset + (time === '' && zone === '' ? 0 : (read?.(time) ?? NaN));
        },
      };
    },
  };
}

/** Two columns: a date in a known format, and a time of day that is a number. */
export function pairLayout(format: string, timeOfDay: TimeOfDay): LayoutTime {
  return {
    written: 'layout',
    evidence: `dates ${format}, times as ${timeOfDay === 'clock' ? 'H:M:S' : timeOfDay}`,
    parser: () => {
      const dates = dateFormat(format);
      const read = readTimeOfDay(timeOfDay);
      let day = '';
      let start: Micros = NaN;
      return {
        isZoned: false,
        parse: (text) => {
          // A clock may have blanks in it, "9:30:00 AM"; a date of a pair has none behind its digits.
          const cut = /^(.*?)\s+(\S+(?:\s*[AaPp]\.?[Mm]\.?)?)$/.exec(text.trim());
          if (cut === null) return NaN;
          const [, date = '', time = ''] = cut;
          if (date !== day) {
            day = date;
            start = dates.parse(date.trim());
          }
          return start + read(time);
        },
      };
    },
  };
}

/** One format for all of it, as `--date-format` has it. */
export const formatLayout = (format: string): LayoutTime => ({
  written: 'layout',
  evidence: `times ${format}`,
  parser: () => dateFormat(format),
});

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** Epoch numbers of which each says its unit by its magnitude. */
export const unitPerRow: LayoutTime = {
  written: 'layout',
  evidence: 'epoch times, each in the unit of its magnitude',
  parser: () => ({
    isZoned: true,
    parse: (text) => {
      const written = text.trim();
      if (!NUMBER.test(written)) return NaN;
      const unit = unitOf(Number(written));
      const at = epochMicros(written, unit);
      return at >= PLAUSIBLE.from && at < PLAUSIBLE.to ? at : NaN;
    },
  }),
};

/** Numbers that count from another day than 1970-01-01. */
export const otherEpochLayout = (name: OtherEpoch): LayoutTime => ({
  written: 'layout',
  evidence: `times as ${name} numbers`,
  parser: () => {
    const { origin, micros } = OTHER_EPOCHS[name];
    return {
      // A spreadsheet's day is local, the others are universal.
      isZoned: name !== 'excel',
      parse: (text) => {
        const written = text.trim();
        if (!NUMBER.test(written)) return NaN;
        if (micros === 0.1 && /^\d+$/.test(written)) {
          return Number((BigInt(written) - BigInt(origin)) / 10n);
        }
        // A day's fraction has no more than milliseconds in it.
        return Math.round((Number(written) - origin) * (micros / 1000)) * 1000;
      },
    };
  },
});
