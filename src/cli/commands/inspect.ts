import type { Command } from 'commander';
import { z } from 'zod';
import { inspectFile, renderInspection } from '../../inspect';
import type { Inspection } from '../../inspect';
import { SourceError } from '../../../streams';
import type { FileOptions } from '../../../streams';
import { expandPaths } from '../../../streams/sources/expandPaths';
import type { ExpandedPath } from '../../../streams/sources/expandPaths';
import { terminalJson, terminalText } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT, exitCodeOf } from '../exitCodes';
import { fileOptionsOf, fileShape, withFileOptions } from '../options/files';
import { readOptions } from '../options/readOptions';
import { missingOption, replayCommandOf } from '../replayCommand';

const schema = z.object({ ...fileShape, json: z.boolean().default(false) });

function define(command: Command): void {
  withFileOptions(command.argument('<files...>', 'tick files of any format that is known'))
    .option('--json', 'print a JSON array, one object a file')
    .addHelpText('after', HELP);
}

const HELP = `
Each file is looked at alone, from end to end. Rows that cannot be used are counted and listed, and do
not stop it; a file that cannot be read is named on stderr, and the others are inspected all the same.

Example:
  barometer inspect BTCUSDT-trades-2024-08-08.zip btcusdt_20240808.gz --clock exchange`;

async function run({ args, options, io }: Call): Promise<number> {
  const read = readOptions(schema, options);
  const files = fileOptionsOf(read, options);
  const inspections: (Inspection & { readonly replay?: string })[] = [];
  let code: number = EXIT.done;
  const fail = (error: unknown): void => {
    if (!(error instanceof SourceError)) throw error;
    io.stderr.write(`barometer: ${terminalText(error.message)}\n`);
    code = exitCodeOf(error);
  };
  for (const { path, isFound } of args.flatMap((arg) => expandedOr(arg, fail))) {
    try {
      const inspection = await inspectFile(path, files);
      const command = await commandFor(inspection, files, options);
      inspections.push(command === undefined ? inspection : { ...inspection, replay: command });
      const separator = inspections.length > 1 ? '\n' : '';
      if (!read.json) io.stdout.write(`${separator}${renderInspection(inspection, command)}\n`);
    } catch (error) {
      if (!isFound || !(error instanceof SourceError)) fail(error);
      else io.stderr.write(`passed over: ${terminalText(error.message)}\n`);
    }
  }
  if (inspections.length === 0 && code === EXIT.done) code = EXIT.input;
  if (read.json) io.stdout.write(`${terminalJson(inspections, 2)}\n`);
  return code;
}

/** The command that replays the file; where no row can be used, with the option that the rows ask for. */
async function commandFor(
  inspection: Inspection,
  files: FileOptions,
  options: Call['options'],
): Promise<string | undefined> {
  const command = replayCommandOf(inspection, options);
  const missing = command === undefined ? missingOption(inspection) : undefined;
  if (missing === undefined) return command;
  const again = await inspectFile(inspection.file, { ...files, ...missing });
  return replayCommandOf(again, { ...options, ...missing });
}

function expandedOr(path: string, fail: (error: unknown) => void): readonly ExpandedPath[] {
  try {
    return expandPaths([path]);
  } catch (error) {
    fail(error);
    return [];
  }
}

export const inspectCommand: CommandModule = { define, run };
