import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Worked } from '../../cluster';
import { duration } from '../../report/format';
import { terminalText } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import { positiveNumber, wholeNumber } from '../options/kinds';
import { natsOptionsOf, natsShape, withNatsAccess } from '../options/nats';
import { readOptions } from '../options/readOptions';
import { readTaskOptions } from '../options/task';
import { UsageError } from '../usageError';

const schema = z.object({
  nats: z.string().optional(),
  slots: wholeNumber(1).optional(),
  modules: z.string().min(1, 'must be the name of a folder').optional(),
  data: z.string().min(1, 'must be the name of a folder').default('.'),
  attempts: wholeNumber(1).default(3),
  ackWait: positiveNumber('30, of seconds').default(30),
  idle: positiveNumber('60, of seconds').optional(),
  quiet: z.boolean().default(false),
  ...natsShape,
});

function define(command: Command): void {
  withNatsAccess(command)
    .option('--nats <url>', 'server of NATS JetStream, e.g. nats://localhost:4222 (required)')
    .option('--slots <n>', 'how many tasks run at a time (default: one for each core)')
    .option('--modules <folder>', 'folder of the strategy modules that may run (default: none may)')
    .option('--data <folder>', 'folder of the tick files that may be read', '.')
    .option('--attempts <n>', 'how often a task is tried before it is given up', '3')
    .option(
      '--ack-wait <seconds>',
      'time without a sign of life after which another worker gets a task, of all workers',
      '30',
    )
    .option('--idle <seconds>', 'time without a task after which the worker ends (default: never)')
    .option('--quiet', 'no line for each task')
    .addHelpText('after', HELP);
}

const HELP = `
Takes tasks of \`barometer sweep --nats\` and runs each in a thread. A task names files and
modules; they are read here, below --data and --modules. No code comes from the server.
Ctrl-C finishes the tasks that run; twice: hands them back.

Examples:
  barometer worker --nats nats://localhost:4222 --modules strategies --slots 8
  barometer worker --nats tls://nats.example.org --nats-creds user.creds --data /srv/ticks`;

async function run({ options, io }: Call): Promise<number> {
  const read = readOptions(schema, options);
  if (read.nats === undefined) {
    throw new UsageError('--nats must name a server, e.g. --nats nats://localhost:4222');
  }
  const { work } = await import('../../cluster/nats/worker.js');
  const finish = new AbortController();
  const stop = new AbortController();
  const interruption = interrupts(io);
  interruption.stopWith(() => {
    if (finish.signal.aborted) stop.abort();
    finish.abort();
  }, true);
  const { quiet, idle } = read;
  try {
    await work(read.nats, {
      ...natsOptionsOf(read),
      folders: { data: read.data, modules: read.modules },
      slots: read.slots ?? availableParallelism(),
      ackWait: read.ackWait * 1_000,
      attempts: read.attempts,
      idle: idle === undefined ? undefined : idle * 1_000,
      read: readTaskOptions,
      finish: finish.signal,
      stop: stop.signal,
      onTask: (worked) => {
        if (!quiet) io.stderr.write(`${lineOf(worked)}\n`);
      },
    });
    return interruption.isAsked ? interruption.exitCode : EXIT.done;
  } finally {
    interruption.close();
  }
}

const lineOf = ({ task, attempt, outcome, why, ms }: Worked): string => {
  const tried = attempt === 1 ? '' : `, attempt ${attempt}`;
  const reason = why === undefined ? '' : `: ${terminalText(why)}`;
  return `${outcome} in ${duration(ms)}${tried}: ${terminalText(task)}${reason}`;
};

export const workerCommand: CommandModule = { define, run };
