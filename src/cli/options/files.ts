import type { Command } from 'commander';
import { z } from 'zod';
import { parseInterval } from '../../../streams';
import type { FileOptions } from '../../../streams';
import { UsageError } from '../usageError';
import { oneOf, option, pairs, time, wholeNumber } from './kinds';
import { given } from './readOptions';

/** Options that say how tick files are read, the same for every command that reads some. */
export const withFileOptions = (command: Command): Command => withSession(withReading(command));

/** What the files are, and what is what in them. */
export function withReading(command: Command): Command {
  return command
    .option(
      '--format <name>',
      'format of the files, recognized unless given; see barometer formats',
    )
    .option('--columns <pairs>', 'which column is what: time=stamp,price=last, or positions from 1')
    .option('--symbol <name>', 'symbol, where no column holds it')
    .option('--price <price>', 'price of quotes: mid, bid or ask')
    .option('--clock <clock>', 'which time rules where there are two: receive or exchange')
    .option(
      '--zone <name>',
      'time zone for timestamps without one, e.g. America/New_York (default: UTC)',
    )
    .option('--date-format <format>', "layout of times, e.g. '%d/%m/%Y %H:%M:%S' or DD.MM.YYYY")
    .option(
      '--unit <unit>',
      'unit of times that are numbers: s, ms, us, ns, per-row, excel, filetime or dotnet (default: by magnitude)',
    )
    .option(
      '--recorded <interval>',
      'length of recorded bars: 1m, 1h, 1d, 1w or 1mo (default: by format, name or gaps)',
    )
    .option('--bar-time <end>', 'what recorded bars are stamped with: start or end')
    .option(
      '--on-conflict <which>',
      'bar that counts where two of one symbol and start differ: first, last or error (default: error)',
    )
    .option('--decimal <sign>', 'decimal sign of numbers in text: . or , (default: .)')
    .option('--thousands <sign>', "thousands separator of numbers in text, e.g. , or ' '")
    .option('--delimiter <sign>', 'column separator of text, e.g. ; or tab (default: found)')
    .option('--skip-lines <n>', 'lines at the beginning of a text to pass over, before the header')
    .option('--comment <sign>', 'pass over lines of text that begin with this, e.g. #')
    .option('--encoding <name>', 'encoding of text, e.g. utf-16 or windows-1252 (default: utf-8)');
}

/** Names of the options above, as `commander` gives them. */
export const READING_OPTIONS = [
  'format',
  'columns',
  'symbol',
  'price',
  'clock',
  'zone',
  'dateFormat',
  'unit',
  'recorded',
  'barTime',
  'onConflict',
  'decimal',
  'thousands',
  'delimiter',
  'skipLines',
  'comment',
  'encoding',
] as const;

/** From when to when they are read. */
export function withSession(command: Command): Command {
  return command
    .option('--from <time>', 'start of the session: ISO time (without a zone: UTC) or epoch number')
    .option('--to <time>', 'end of the session, not included');
}

const intervalLength = (text: string): number => {
  try {
    return parseInterval(text).length;
  } catch {
    return 0;
  }
};

/** Checked although no file may need it: a name that does not exist is a mistake. */
function isZone(text: string): boolean {
  try {
    Intl.DateTimeFormat('en-US', { timeZone: text });
    return text !== '';
  } catch {
    return false;
  }
}

const sign = (example: string) =>
  option(
    (text) => (text === 'tab' || text === '\\t' ? '\t' : text.length === 1 ? text : undefined),
    `one character, such as ${example}`,
  );

export const fileShape = {
  format: z.string().min(1, 'must be a name that barometer formats lists').optional(),
  columns: pairs('--columns time=1,price=2 or --columns time=stamp,price=last').optional(),
  symbol: z.string().min(1, 'must be a name').optional(),
  price: oneOf('mid', 'bid', 'ask').optional(),
  clock: oneOf('receive', 'exchange').optional(),
  zone: option(
    (text) => (isZone(text) ? text : undefined),
    'a time zone, such as America/New_York, Europe/Berlin or UTC',
  ).optional(),
  dateFormat: z.string().min(1, 'must be a format such as %d/%m/%Y').optional(),
  unit: oneOf('s', 'ms', 'us', 'ns', 'per-row', 'excel', 'filetime', 'dotnet').optional(),
  recorded: option((text) => {
    const length = intervalLength(text);
    return length > 0 ? text : undefined;
  }, 'a length such as 1m, 1h, 1d, 1w or 1mo').optional(),
  barTime: oneOf('start', 'end').optional(),
  onConflict: oneOf('first', 'last', 'error').optional(),
  decimal: oneOf('.', ',').optional(),
  thousands: sign(", or '").optional(),
  delimiter: sign('; or tab').optional(),
  skipLines: wholeNumber(0).optional(),
  comment: z.string().min(1, 'must be what such lines begin with, such as #').optional(),
  encoding: z.string().min(1, 'must be a name such as utf-16').optional(),
  from: time().optional(),
  to: time().optional(),
};

/** The options of the library; throws a `UsageError` where the session ends before it begins. */
export function fileOptionsOf(
  read: { readonly [K in keyof typeof fileShape]?: z.output<(typeof fileShape)[K]> },
  options: Readonly<Record<string, unknown>>,
): FileOptions {
  const { from, to } = read;
  if (from !== undefined && to !== undefined && !(from < to)) {
    throw new UsageError(
      `--to ${String(options['to'])}: must be later than --from ${String(options['from'])}`,
    );
  }
  const names = Object.keys(fileShape) as (keyof typeof fileShape)[];
  return given(Object.fromEntries(names.map((name) => [name, read[name]])) as FileOptions);
}
