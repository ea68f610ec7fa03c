import type { Command } from 'commander';
import { z } from 'zod';
import type { BenchOutput } from '../../bench/bench';
import { BENCHES } from '../../bench/benches';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import type { Io } from '../io';
import { oneOf, option, positiveNumber, wholeNumber } from '../options/kinds';
import { readOptions } from '../options/readOptions';
import { UsageError } from '../usageError';

const numbers = option((text) => {
  const values = text.split(',').map((value) => (value.trim() === '' ? NaN : Number(value)));
  return values.every((value) => value > 0 && value < Infinity) ? values : undefined;
}, 'positive numbers separated by commas');

const schema = z.object({
  own: numbers.optional(),
  gaps: numbers.optional(),
  lists: numbers.optional(),
  utilisations: numbers.optional(),
  service: oneOf('exponential', 'constant').optional(),
  items: wholeNumber(1, 10_000_000).optional(),
  minutes: positiveNumber('30').optional(),
  speed: positiveNumber('6').optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).optional(),
  json: z.boolean().default(false),
});

function define(command: Command): void {
  command
    .argument('<what>', 'zero-copy, threads, ring or soak')
    .option('--own <us,…>', "zero-copy: the processor's own work; 10,25,100,500,1000 unless given")
    .option('--gaps <ms,…>', 'mean gaps; zero-copy: 0.5,1,2,5, threads: 10,5,2,1 unless given')
    .option(
      '--lists <n,…>',
      'zero-copy: lists that each copied hand-over carries; 1,5 unless given',
    )
    .option('--utilisations <ρ,…>', 'threads: of each stage; 0.2,0.5,0.8,1.2 unless given')
    .option('--service <kind>', 'threads: exponential or constant; exponential unless given')
    .option(
      '--items <n>',
      'of each run; zero-copy: enough for 200 events, threads: 1000, ring: 10000000, unless given',
    )
    .option('--minutes <n>', 'soak: of market time; 30 unless given')
    .option('--speed <n>', 'soak: market seconds per second; 5 unless given')
    .option('--seed <n>', 'of arrivals and work; of the time unless given')
    .option('--json', 'print one JSON object a line: a cell, a sample')
    .addHelpText('after', HELP);
}

const HELP = `
  zero-copy   the same replay in threads with copied lists of 200 bars, and with zero copy
  threads     threads against the recursion, and against a simulated replay on one thread
  ring        items a second through the ring, and as messages
  soak        50 symbols, 4 derived intervals, 10 strategies in threads: memory and conservation

Let nothing else run meanwhile. As they are, zero-copy takes 10 minutes, threads 13, soak 6.

Examples:
  barometer bench zero-copy --gaps 1 --own 10,100
  barometer bench threads --gaps 10 --json`;

async function run({ args, options, io }: Call): Promise<number> {
  const [what = ''] = args;
  const load = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  if (load === undefined) {
    throw new UsageError(`bench ${what}: there are ${Object.keys(BENCHES).join(', ')}`);
  }
  const { seed = freshSeed(), json, ...asked } = readOptions(schema, options);
  const bench = await load();
  await bench({ ...asked, seed }, outputOf(io, json));
  return EXIT.done;
}

/** A seed that nobody has tuned anything on. */
const freshSeed = (): number => Date.now() % 2 ** 31;

/** How far it has come is for a terminal alone, and gives way to what is printed. */
function outputOf({ stdout, stderr }: Io, json: boolean): BenchOutput {
  const clear = '\r\u001b[K';
  const isShown = stderr.isTTY === true;
  return {
    json,
    line: (text) => {
      if (isShown) stderr.write(clear);
      stdout.write(`${text}\n`);
    },
    progress: (text) => {
      if (isShown) stderr.write(`${clear}${text}`);
    },
  };
}

export const benchCommand: CommandModule = { define, run };
