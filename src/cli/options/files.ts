import type { Command } from 'commander';
import { z } from 'zod';
import type { FileOptions } from '../../../streams';
import { UsageError } from '../usageError';
import { oneOf, pairs, time } from './kinds';
import { given } from './readOptions';

/** Options that say how tick files are read, the same for every command that reads some. */
export const withFileOptions = (command: Command): Command => withSession(withReading(command));

/** What the files are, and what is what in them. */
export function withReading(command: Command): Command {
  return command
    .option('--format <name>', 'what the files are, instead of guessing; see barometer formats')
    .option('--columns <pairs>', 'which column is what: time=stamp,price=last, or positions from 1')
    .option('--symbol <name>', 'the symbol, where no column holds it')
    .option('--price <price>', 'of quotes: mid, bid or ask')
    .option('--clock <clock>', 'which time rules where there are two: receive or exchange')
    .option('--zone <name>', 'of times that say none, such as America/New_York; else UTC')
    .option('--bar-time <end>', 'what recorded bars are stamped with: start or end');
}

/** From when to when they are read. */
export function withSession(command: Command): Command {
  return command
    .option('--from <time>', 'start of the session: ISO time (without a zone: UTC) or epoch number')
    .option('--to <time>', 'end of the session, not included');
}

export const fileShape = {
  format: z.string().min(1, 'must be a name that barometer formats lists').optional(),
  columns: pairs('--columns time=1,price=2 or --columns time=stamp,price=last').optional(),
  symbol: z.string().min(1, 'must be a name').optional(),
  price: oneOf('mid', 'bid', 'ask').optional(),
  clock: oneOf('receive', 'exchange').optional(),
  zone: z.string().min(1, 'must be a name such as America/New_York').optional(),
  barTime: oneOf('start', 'end').optional(),
  from: time().optional(),
  to: time().optional(),
};

/** The options of the library; throws a `UsageError` where the session ends before it begins. */
export function fileOptionsOf(
  read: { readonly [K in keyof typeof fileShape]?: z.output<(typeof fileShape)[K]> },
  options: Readonly<Record<string, unknown>>,
): FileOptions {
  const { format, columns, symbol, price, clock, zone, barTime, from, to } = read;
  if (from !== undefined && to !== undefined && !(from < to)) {
    throw new UsageError(
      `--to ${String(options['to'])}: must be later than --from ${String(options['from'])}`,
    );
  }
  return given({ format, columns, symbol, price, clock, zone, barTime, from, to });
}
