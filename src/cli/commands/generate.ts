import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { syntheticCsv } from '../../generate';
import { openOutputFile } from '../../output';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import type { Out } from '../io';
import { list, positiveNumber, wholeNumber } from '../options/kinds';
import { readOptions } from '../options/readOptions';

const schema = z.object({
  symbols: list(),
  minutes: positiveNumber('60 or 0.5'),
  rate: positiveNumber('2 or 0.5'),
  bursts: wholeNumber(0, 100_000),
  seed: wholeNumber(0, 2 ** 32 - 1),
  csvSafe: z.boolean().default(false),
  out: z.string().min(1, 'must be the name of a file').optional(),
});

function define(command: Command): void {
  command
    .option('--symbols <list>', 'names, separated by commas', 'SYNTHETIC-A,SYNTHETIC-B')
    .option('--minutes <n>', 'how long it lasts', '60')
    .option('--rate <n>', 'ticks a second of each symbol', '1')
    .option('--bursts <n>', 'stretches of 10 s at 20 times the rate', '0')
    .option('--seed <n>', 'the same seed makes the same file', '1')
    .option('--csv-safe', 'guard texts in CSV outputs that a spreadsheet would run as formulas')
    .option('--out <file>', 'where to write the CSV; to stdout unless given')
    .addHelpText('after', HELP);
}

const HELP = `
The file is synthetic: times (epoch microseconds), symbol, price, size of a market that never was.

Example:
  barometer generate --symbols SYNTHETIC-A,SYNTHETIC-B --minutes 120 --bursts 3 --out ticks.csv`;

async function run({ options, io }: Call): Promise<number> {
  const { out, csvSafe, ...asked } = readOptions(schema, options);
  const pieces = syntheticCsv(asked, { csvSafe });
  const interruption = interrupts(io);
  try {
    interruption.stopWith(() => undefined);
    const isWanted = (): boolean => !interruption.isAsked;
    if (out === undefined) await print(pieces, io.stdout, isWanted);
    else await save(pieces, out, isWanted);
    return interruption.isAsked ? interruption.exitCode : EXIT.done;
  } finally {
    interruption.close();
  }
}

type IsWanted = () => boolean;

async function print(pieces: Iterable<string>, out: Out, isWanted: IsWanted): Promise<void> {
  for (const piece of pieces) {
    if (!out.write(piece)) await once(out, 'drain');
    else await setImmediate();
    if (!isWanted()) return;
  }
}

async function save(pieces: Iterable<string>, path: string, isWanted: IsWanted): Promise<void> {
  const file = openOutputFile(path);
  try {
    for (const piece of pieces) {
      file.write(piece);
      // Lets a Ctrl-C be heard.
      await setImmediate();
      if (!isWanted()) return;
    }
    file.commit();
  } finally {
    file.discard();
  }
}

export const generateCommand: CommandModule = { define, run };
