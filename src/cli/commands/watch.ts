import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, livenessOf, openWhenBegun } from '../../journal';
import type { Journal, JournalError } from '../../journal';
import { renderLine } from '../../report';
import { terminalText } from '../../report/terminalText';
import { renderFrame } from '../../views/renderFrame';
import { stateName } from '../../views/status';
import { STATE_TEXTS } from '../../views/texts';
import { unwatched, watchedNext } from '../../views/watched';
import type { Watched } from '../../views/watched';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import { wantsColor } from '../io';
import type { Io } from '../io';
import { readOptions } from '../options/readOptions';
import { directoryFor, RUN_HELP, withDirectory } from '../runArgument';
import { openScreen } from '../screen';

const schema = z.object({ dir: z.string().min(1, 'must be the name of a folder').optional() });

function define(command: Command): void {
  withDirectory(command)
    .argument('[run]', 'which run', 'latest')
    .addHelpText('after', `${RUN_HELP}\n${HELP}`);
}

const HELP = `
On a terminal it is redrawn as the run goes on; elsewhere it is a line a second. It ends with
the run, or with Ctrl-C, which leaves the run alone.

Example:
  barometer watch latest`;

/** How often a terminal is redrawn, and how often a line is printed: milliseconds. */
const REDRAW = 100;
const LINE = 1000;
const LIVENESS = 1000;

async function run({ args, options, io }: Call): Promise<number> {
  const { dir: asked } = readOptions(schema, options);
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

/** Shows the journal as it grows, until the run ends or somebody has seen enough; returns what was seen last. */
async function follow(journal: Journal, stop: AbortController, io: Io): Promise<Watched> {
  let watched = unwatched(journal.header);
  const show = display(io, () => watched);
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

/** On a terminal the whole picture, elsewhere a line now and then. */
function display(io: Io, present: () => Watched): { close: () => void } {
  const { stdout, env } = io;
  let shown: Watched | undefined;
  const fresh = (): Watched | undefined => {
    const watched = present();
    if (watched === shown) return undefined;
    shown = watched;
    return watched;
  };
  if (stdout.isTTY !== true) {
    const timer = setInterval(() => {
      const watched = fresh();
      if (watched !== undefined) stdout.write(`${renderLine(watched.state)}\n`);
    }, LINE);
    return {
      close: () => {
        clearInterval(timer);
      },
    };
  }
  const screen = openScreen(io);
  const color = wantsColor(stdout, env);
  const draw = (watched: Watched): void => {
    const { columns = 80, rows = 24 } = stdout;
    screen.draw(renderFrame(watched, { columns, rows, color }));
  };
  const redraw = (): void => {
    draw(present());
  };
  const timer = setInterval(() => {
    const watched = fresh();
    if (watched !== undefined) draw(watched);
  }, REDRAW);
  stdout.on('resize', redraw);
  redraw();
  return {
    close: () => {
      clearInterval(timer);
      stdout.off('resize', redraw);
      screen.close();
    },
  };
}

/** What stays on a terminal when its own contents are back. */
function farewell(watched: Watched, { stdout, env }: Io): string {
  if (stdout.isTTY !== true) return lastLine(watched);
  const { columns = 80 } = stdout;
  return renderFrame(watched, { columns, rows: Infinity, color: wantsColor(stdout, env) });
}

const lastLine = ({ header, state, liveness }: Watched): string =>
  `${terminalText(header.run)} ${STATE_TEXTS[stateName(state, liveness)]}: ${renderLine(state)}`;

export const watchCommand: CommandModule = { define, run };
