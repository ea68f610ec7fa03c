import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, foldJournal } from '../../journal';
import { diffOf } from '../../views/diff';
import { renderDiff } from '../../views/renderDiff';
import { reportOfJournal } from '../../views/reportOfJournal';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { wantsColor, widthOf } from '../io';
import { readOptions } from '../options/readOptions';
import { directoryFor, nameDamage, RUN_HELP, withDirectory } from '../runArgument';

const schema = z.object({
  all: z.boolean().default(false),
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});

function define(command: Command): void {
  withDirectory(command)
    .argument('<before>', 'the run before a change')
    .argument('<after>', 'the run after it')
    .option('--all', 'show counters that did not change too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${RUN_HELP}\n\nExample:\n  barometer diff 20240808T2354 latest\n  barometer diff baseline latest --all`,
    );
}

async function run({ args, options, io }: Call): Promise<number> {
  const { all, json, dir: asked } = readOptions(schema, options);
  const dir = directoryFor(io, asked);
  const before = await foldJournal(findRun(args[0] ?? 'latest', dir));
  const after = await foldJournal(findRun(args[1] ?? 'latest', dir));
  const diff = diffOf(reportOfJournal(before), reportOfJournal(after), {
    ...(before.header.setup === undefined ? {} : { before: before.header.setup }),
    ...(after.header.setup === undefined ? {} : { after: after.header.setup }),
  });
  const text = json
    ? terminalJson(diff, 2)
    : renderDiff(diff, {
        all,
        color: wantsColor(io.stdout, io.env),
        width: widthOf(io.stdout),
      });
  io.stdout.write(`${text}\n`);
  const damage = [nameDamage(before, io), nameDamage(after, io)];
  return damage.includes(true) ? EXIT.input : EXIT.done;
}

export const diffCommand: CommandModule = { define, run };
