import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, foldJournal, parsePointInTime } from '../../journal';
import type { FoldedJournal } from '../../journal';
import { buildReport, renderText } from '../../report';
import { reportOfJournal } from '../../views/reportOfJournal';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { wantsColor, widthOf } from '../io';
import { readOptions } from '../options/readOptions';
import { directoryFor, nameDamage, RUN_HELP, withDirectory } from '../runArgument';

const schema = z.object({
  at: z.string().optional(),
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});

function define(command: Command): void {
  withDirectory(command)
    .argument('[run]', 'which run', 'latest')
    .option('--at <moment>', 'as it stood then: number of an event, market time, or wall time')
    .option('--json', 'print the report as one JSON object')
    .addHelpText('after', HELP);
}

const HELP = `${RUN_HELP}

A moment is the number of an event (1200), or a time, UTC unless it says otherwise
(2024-08-08T13:30:00Z, or 13:30 of the first day): of the wall if the run had begun by
then, else of the market. seq:, market: and wall: before it leave no doubt. At a market
time the report is the state of everything due by then, to the last window that ends no
later, also of what was worked off afterwards.

Examples:
  barometer report
  barometer report latest --at 13:30
  barometer report 20240808T2354 --at wall:2024-08-08T23:55:10Z --json`;

async function run({ args, options, io }: Call): Promise<number> {
  const { at, json, dir: asked } = readOptions(schema, options);
  const dir = directoryFor(io, asked);
  const moment = at === undefined ? undefined : parsePointInTime(at);
  const folded = await foldJournal(findRun(args[0] ?? 'latest', dir), { at: moment });
  const report = moment === undefined ? reportOfJournal(folded) : buildReport(folded.state);
  if (json) {
    const stood = moment === undefined ? {} : { at: standing(folded) };
    io.stdout.write(`${terminalJson({ ...report, ...stood }, 2)}\n`);
  } else {
    if (moment !== undefined) io.stdout.write(`${standingText(folded)}\n\n`);
    const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
    io.stdout.write(`${renderText(report, look)}\n`);
  }
  return nameDamage(folded, io) ? EXIT.input : EXIT.done;
}

/** Where in the run the report stands. */
function standing({ seq, wall, state }: FoldedJournal) {
  const { time } = state.market;
  return {
    seq,
    wallTime: new Date(wall).toISOString(),
    ...(time === undefined ? {} : { marketTime: new Date(Math.floor(time / 1000)).toISOString() }),
  };
}

function standingText(folded: FoldedJournal): string {
  const { seq, wallTime, marketTime = 'not begun' } = standing(folded);
  return `As it stood after event ${seq}: market time ${marketTime}, wall time ${wallTime}`;
}

export const reportCommand: CommandModule = { define, run };
