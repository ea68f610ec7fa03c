import type { Command } from 'commander';
import { z } from 'zod';
import { isGroup, knownOf, memberRows } from '../../cluster/group';
import type { GroupReader } from '../../cluster/member';
import { findRun, foldJournal } from '../../journal';
import type { FoldedJournal } from '../../journal';
import { renderMembers } from '../../views/renderResults';
import { renderStatus } from '../../views/renderStatus';
import { renderFrame } from '../../views/renderFrame';
import { statusOf } from '../../views/status';
import type { Status } from '../../views/status';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { GROUP_HELP, groupFor, nothingIn } from '../groups';
import { wantsColor, widthOf } from '../io';
import type { Io } from '../io';
import { natsShape, withNatsAccess } from '../options/nats';
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
  ...natsShape,
});

function define(command: Command): void {
  withNatsAccess(withDirectory(command))
    .argument('[run]', 'which run', 'latest')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${RUN_HELP}\n${GROUP_HELP}\n\nExamples:\n  barometer status\n  barometer status 20240808T2354 --json\n  barometer status nats://localhost:4222/rows`,
    );
}

async function run({ args, options, io }: Call): Promise<number> {
  const { json, dir: asked, ...access } = readOptions(schema, options);
  const [argument = 'latest'] = args;
  if (isGroup(argument)) return groupStatus(await groupFor(argument, access), json, io);
  const dir = directoryFor(io, asked);
  const folded = await foldJournal(findRun(argument, dir));
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

/** Several runs as one, with a table of them. */
async function groupStatus(reader: GroupReader, json: boolean, io: Io): Promise<number> {
  try {
    const group = await reader.read();
    const known = knownOf(group, 1);
    if (known === undefined) throw nothingIn(group);
    const status = statusOf(known);
    const members = memberRows(group);
    const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
    const text = json
      ? terminalJson({ ...status, members }, 2)
      : `${renderStatus(status, Date.now(), look)}\n\nRuns:\n${renderMembers(members)}`;
    io.stdout.write(`${text}\n`);
    return EXIT.done;
  } finally {
    await reader.close();
  }
}

export const statusCommand: CommandModule = { define, run };
