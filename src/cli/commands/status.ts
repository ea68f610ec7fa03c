import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, foldJournal } from '../../journal';
import { renderStatus } from '../../views/renderStatus';
import { statusOf } from '../../views/status';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { wantsColor, widthOf } from '../io';
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
  const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
  const text = json ? terminalJson(status, 2) : renderStatus(status, Date.now(), look);
  io.stdout.write(`${text}\n`);
  return nameDamage(folded, io) ? EXIT.input : EXIT.done;
}

export const statusCommand: CommandModule = { define, run };
