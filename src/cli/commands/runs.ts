import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { journalsIn, latestIn } from '../../journal';
import { renderRuns } from '../../views/renderRuns';
import { runEntryOf } from '../../views/runs';
import type { RunEntry } from '../../views/runs';
import { terminalJson, terminalText } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options/readOptions';
import { directoryFor, withDirectory } from '../runArgument';

const schema = z.object({
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});

function define(command: Command): void {
  withDirectory(command)
    .option('--json', 'print a JSON array')
    .addHelpText('after', '\nThe latest run stands last. Read one by `barometer report RUN`.');
}

async function run({ options, io }: Call): Promise<number> {
  const { json, dir: asked } = readOptions(schema, options);
  const dir = directoryFor(io, asked);
  const paths = journalsIn(dir).map((path) => resolve(path));
  const latest = latestIn(dir);
  // A journal with its own path is known only as the latest.
  const all = new Set(latest === undefined ? paths : [...paths, resolve(latest)]);
  const runs: RunEntry[] = [];
  // One after another: each may take a few megabytes.
  for (const path of all) runs.push(await runEntryOf(relative('', path)));
  if (json) io.stdout.write(`${terminalJson(runs, 2)}\n`);
  else if (runs.length > 0) io.stdout.write(`${renderRuns(runs)}\n`);
  else io.stdout.write(`No run has left a journal in ${terminalText(dir)}.\n`);
  return EXIT.done;
}

export const runsCommand: CommandModule = { define, run };
