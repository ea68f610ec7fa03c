import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, livenessOf, openWhenBegun } from '../../journal';
import type { Journal, JournalError } from '../../journal';
import { isGroup, knownOf } from '../../cluster/group';
import type { GroupReader } from '../../cluster/member';
import { terminalText } from '../../report/terminalText';
import { unwatched, watchedNext, watchedState } from '../../views/watched';
import type { Watched } from '../../views/watched';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { GROUP_HELP, groupFor, nothingIn } from '../groups';
import { interrupts } from '../interrupts';
import type { Io } from '../io';
import { natsShape, withNatsAccess } from '../options/nats';
import { readOptions } from '../options/readOptions';
import { directoryFor, RUN_HELP, withDirectory } from '../runArgument';
import { farewell, watchDisplay } from '../watchDisplay';

const schema = z.object({
  dir: z.string().min(1, 'must be the name of a folder').optional(),
  ...natsShape,
});

function define(command: Command): void {
  withNatsAccess(withDirectory(command))
    .argument('[run]', 'which run', 'latest')
    .addHelpText('after', `${RUN_HELP}\n${GROUP_HELP}\n${HELP}`);
}

const HELP = `
On a terminal it is redrawn as the run goes on; elsewhere it is a line a second. It ends with
the run, or with Ctrl-C, which leaves the run alone.

Example:
  barometer watch latest`;

/** Milliseconds between two looks at the process of the run, and at the members of a group. */
const LIVENESS = 1000;

async function run({ args, options, io }: Call): Promise<number> {
  const { dir: asked, ...access } = readOptions(schema, options);
  if (isGroup(args[0] ?? '')) return watchGroup(await groupFor(args[0] ?? '', access), io);
  const dir = directoryFor(io, asked);
  const path = findRun(args[0] ?? 'latest', dir);
  const stop = new AbortController();
  const interruption = interrupts(io);
  interruption.stopWith(() => {
    stop.abort();
  });
  const damaged: JournalError[] = [];
  try {
    const journal = await openWhenBegun(path, {
      follow: stop.signal,
      damaged: (error) => damaged.push(error),
    });
    const last = journal && (await follow(journal, stop, io));
    if (last !== undefined) io.stdout.write(`${farewell(last, io)}\n`);
    for (const { message } of damaged) io.stderr.write(`barometer: ${terminalText(message)}\n`);
    if (interruption.isAsked) return interruption.exitCode;
    return damaged.length > 0 ? EXIT.input : EXIT.done;
  } finally {
    interruption.close();
  }
}

/** Shows several runs as one, until none of them goes on or somebody has seen enough. */
async function watchGroup(reader: GroupReader, io: Io): Promise<number> {
  const stop = new AbortController();
  const interruption = interrupts(io);
  interruption.stopWith(() => {
    stop.abort();
  });
  let seq = 1;
  try {
    const group = await reader.read();
    const first = knownOf(group, seq);
    if (first === undefined) throw nothingIn(group);
    let watched = watchedState(unwatched(first.header), first);
    const show = watchDisplay(io, () => watched);
    try {
      while (watched.liveness === 'running' && !stop.signal.aborted) {
        await wait(LIVENESS, undefined, { signal: stop.signal }).catch(() => undefined);
        const known = knownOf(await reader.read(), (seq += 1));
        if (known !== undefined) watched = watchedState(watched, known);
      }
    } finally {
      show.close();
    }
    io.stdout.write(`${farewell(watched, io)}\n`);
    return interruption.isAsked ? interruption.exitCode : EXIT.done;
  } finally {
    await reader.close();
    interruption.close();
  }
}

/** Shows the journal as it grows, until the run ends or somebody has seen enough; returns what was seen last. */
async function follow(journal: Journal, stop: AbortController, io: Io): Promise<Watched> {
  let watched = unwatched(journal.header);
  const show = watchDisplay(io, () => watched);
  const alive = setInterval(() => {
    const liveness = livenessOf(journal.header, watched.liveness === 'finished');
    if (liveness === 'interrupted') {
      watched = { ...watched, liveness };
      stop.abort();
    }
  }, LIVENESS);
  try {
    for await (const { entries } of journal.batches) {
      for (const entry of entries) watched = watchedNext(watched, entry);
      if (watched.liveness === 'finished') break;
    }
    return watched;
  } finally {
    clearInterval(alive);
    show.close();
  }
}

export const watchCommand: CommandModule = { define, run };
