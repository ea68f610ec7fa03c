import type { Command } from 'commander';
import { z } from 'zod';
import {
  renderUtilisationCell,
  summariseUtilisations,
  UTILISATION_HEAD,
} from '../../bench/renderUtilisations';
import { renderZeroCopyCell, ZERO_COPY_HEAD } from '../../bench/renderZeroCopy';
import { ringThroughput } from '../../bench/ringThroughput';
import { threadsAgainstSimulated } from '../../bench/threadsAgainstSimulated';
import type { UtilisationCell } from '../../bench/threadsAgainstSimulated';
import { zeroCopy } from '../../bench/zeroCopy';
import type { ZeroCopyCell } from '../../bench/zeroCopy';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import type { Io } from '../io';
import { option, wholeNumber } from '../options/kinds';
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
  items: wholeNumber(1, 10_000_000).optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).optional(),
  json: z.boolean().default(false),
});

type Asked = z.output<typeof schema>;

function define(command: Command): void {
  command
    .argument('<what>', 'zero-copy, threads or ring')
    .option('--own <us,…>', "zero-copy: the processor's own work; 10,25,100,500,1000 unless given")
    .option('--gaps <ms,…>', 'mean gaps; zero-copy: 0.5,1,2,5, threads: 10 unless given')
    .option(
      '--lists <n,…>',
      'zero-copy: lists that each copied hand-over carries; 1,5 unless given',
    )
    .option('--utilisations <ρ,…>', 'threads: of each stage; 0.2,0.5,0.8,1.2 unless given')
    .option('--items <n>', 'of each run: 1000, ring: 2000000, unless given')
    .option('--seed <n>', 'of arrivals and work; of the time unless given')
    .option('--json', 'print one JSON object a cell')
    .addHelpText('after', HELP);
}

const HELP = `
  zero-copy   the same replay in threads with copied lists of 200 bars, and with zero copy
  threads     threads against the recursion, and against a simulated replay on one thread
  ring        items a second through the ring, and as messages

Let nothing else run meanwhile.

Examples:
  barometer bench zero-copy --gaps 1 --own 10,100
  barometer bench threads --gaps 10,5 --json`;

const BENCHES: Readonly<Record<string, (asked: Asked, io: Io) => Promise<void>>> = {
  'zero-copy': benchZeroCopy,
  threads: benchThreads,
  ring: benchRing,
};

async function run({ args, options, io }: Call): Promise<number> {
  const [what = ''] = args;
  const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  if (bench === undefined) {
    throw new UsageError(`bench ${what}: there are ${Object.keys(BENCHES).join(', ')}`);
  }
  await bench(readOptions(schema, options), io);
  return EXIT.done;
}

const say = ({ stdout }: Io, text: string): void => {
  stdout.write(`${text}\n`);
};

/** A seed that nobody has tuned anything on. */
const freshSeed = (): number => Date.now() % 2 ** 31;

async function benchZeroCopy(asked: Asked, io: Io): Promise<void> {
  const { own = [10, 25, 100, 500, 1_000], gaps = [0.5, 1, 2, 5], lists = [1, 5] } = asked;
  const { items = 1_000, seed = freshSeed(), json } = asked;
  if (!json) say(io, `${ZERO_COPY_HEAD.replace('\n', ` Seed ${seed}, ${items} items.\n`)}`);
  const print = (cell: ZeroCopyCell): string =>
    json ? JSON.stringify({ seed, items, ...cell }) : renderZeroCopyCell(cell);
  for await (const cell of zeroCopy({ own, gaps, lists, items, seed })) say(io, print(cell));
}

async function benchThreads(asked: Asked, io: Io): Promise<void> {
  const { utilisations = [0.2, 0.5, 0.8, 1.2], gaps = [10] } = asked;
  const { items = 1_000, seed = freshSeed(), json } = asked;
  if (!json) say(io, `${UTILISATION_HEAD} Seed ${seed}, ${items} items.\n`);
  const cells: UtilisationCell[] = [];
  for await (const cell of threadsAgainstSimulated({ utilisations, gaps, items, seed })) {
    cells.push(cell);
    say(io, json ? JSON.stringify({ seed, items, ...cell }) : renderUtilisationCell(cell));
  }
  if (!json) say(io, `\n${summariseUtilisations(cells)}`);
}

async function benchRing({ items = 2_000_000, json }: Asked, io: Io): Promise<void> {
  const result = await ringThroughput(items);
  const { ring, messages, factor } = result;
  const text = `ring ${ring.toFixed(1)} M items/s, postMessage ${messages.toFixed(2)} M items/s: ${factor.toFixed(0)} x`;
  say(io, json ? JSON.stringify(result) : text);
}

export const benchCommand: CommandModule = { define, run };
