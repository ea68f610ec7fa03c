import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, foldJournal } from '../../journal';
import type { FoldedJournal } from '../../journal';
import { renderStatus } from '../../views/renderStatus';
import { renderFrame } from '../../views/renderFrame';
import { statusOf } from '../../views/status';
import type { Status } from '../../views/status';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { wantsColor, widthOf } from '../io';
import type { Io } from '../io';
import { readOptions } from '../options/readOptions';
import {
  directoryFor,
  livenessOfFolded,
  nameDamage,
  RUN_HELP,
  withDirectory,
} from '../runArgument';

const schema = z.object({
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});

function define(command: Command): void {
  withDirectory(command)
    .argument('[run]', 'which run', 'latest')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${RUN_HELP}\n\nExamples:\n  barometer status\n  barometer status 20240808T2354 --json`,
    );
}

async function run({ args, options, io }: Call): Promise<number> {
  const { json, dir: asked } = readOptions(schema, options);
  const dir = directoryFor(io, asked);
  const folded = await foldJournal(findRun(args[0] ?? 'latest', dir));
  const remarks = folded.damaged.map(({ message }) => message);
  const status = statusOf({ ...folded, liveness: livenessOfFolded(folded), remarks });
  const text = json ? terminalJson(status, 2) : shown(status, folded, io);
  io.stdout.write(`${text}\n`);
  return nameDamage(folded, io) ? EXIT.input : EXIT.done;
}

/** A small terminal gets what fits on it. */
const SMALL = { columns: 80, rows: 24 };

function shown(status: Status, folded: FoldedJournal, { stdout, env }: Io): string {
  const { isTTY, columns = SMALL.columns, rows = SMALL.rows } = stdout;
  const color = wantsColor(stdout, env);
  if (isTTY === true && (columns < SMALL.columns || rows < SMALL.rows)) {
    const watched = { ...folded, liveness: livenessOfFolded(folded), samples: [] };
    // The prompt needs a row too.
    return renderFrame(watched, { columns, rows: rows - 1, color });
  }
  return renderStatus(status, Date.now(), { color, width: widthOf(stdout) });
}

export const statusCommand: CommandModule = { define, run };
