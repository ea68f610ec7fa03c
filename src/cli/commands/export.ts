import type { Command } from 'commander';
import { z } from 'zod';
import { expositionOf } from '../../export';
import { findRun, foldJournal, parsePointInTime } from '../../journal';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { EXPORT_SYMBOLS, withExportSymbols } from '../options/exporters';
import { readOptions } from '../options/readOptions';
import {
  directoryFor,
  livenessOfFolded,
  nameDamage,
  RUN_HELP,
  withDirectory,
} from '../runArgument';

const schema = z.object({
  at: z.string().optional(),
  exportSymbols: EXPORT_SYMBOLS,
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});

function define(command: Command): void {
  withExportSymbols(withDirectory(command))
    .argument('[run]', 'run to export', 'latest')
    .option('--at <moment>', 'state at an event, market time or wall time, as for `report`')
    .addHelpText('after', HELP);
}

const HELP = `${RUN_HELP}

Writes the text format 0.0.4, for the textfile collector of node_exporter, promtool or tests.
To be scraped while a run is in progress: \`barometer dashboard\`, or \`replay --metrics\`.

Examples:
  barometer export > /var/lib/node_exporter/barometer.prom
  barometer export latest --at 13:30 | promtool check metrics`;

async function run({ args, options, io }: Call): Promise<number> {
  const { at, exportSymbols: symbols, dir: asked } = readOptions(schema, options);
  const moment = at === undefined ? undefined : parsePointInTime(at);
  const folded = await foldJournal(findRun(args[0] ?? 'latest', directoryFor(io, asked)), {
    at: moment,
  });
  // At an earlier moment its process was there.
  const isInterrupted = moment === undefined && livenessOfFolded(folded) === 'interrupted';
  io.stdout.write(expositionOf(folded.state, { symbols, isInterrupted }));
  return nameDamage(folded, io) ? EXIT.input : EXIT.done;
}

export const exportCommand: CommandModule = { define, run };
