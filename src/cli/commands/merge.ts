import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { resultsIn, rowOf, SORT_KEYS, sorted } from '../../cluster';
import { mergeStates } from '../../metrics';
import { buildReport, renderText } from '../../report';
import { terminalJson, terminalText } from '../../report/terminalText';
import { renderResults } from '../../views/renderResults';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { wantsColor, widthOf } from '../io';
import { oneOf } from '../options/kinds';
import { readOptions } from '../options/readOptions';
import { UsageError } from '../usageError';

const schema = z.object({
  sort: oneOf(...(SORT_KEYS as [(typeof SORT_KEYS)[number]])).default('sustainable-speed'),
  json: z.boolean().default(false),
});

function define(command: Command): void {
  command
    .argument('<folder>', 'where a sweep has left its results, or other runners their journals')
    .option('--sort <key>', `order of the table: ${SORT_KEYS.join(', ')}`, 'sustainable-speed')
    .option('--json', 'print the report as one JSON object')
    .addHelpText('after', HELP);
}

const HELP = `
Only completed runs are counted. The report covers several pipelines, each with its own stages:
counters and times in each mode are sums; speeds are those that all of the pipelines sustain.

Examples:
  barometer merge sweep
  barometer merge plan --json`;

async function run({ args: [folder = ''], options, io }: Call): Promise<number> {
  const { sort, json } = readOptions(schema, options);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UsageError(`${folder} is no folder`);
  }
  const { results, unfinished } = await resultsIn(folder);
  for (const id of unfinished) {
    io.stderr.write(`barometer: ${terminalText(id)} did not come to its end; it is not counted\n`);
  }
  if (results.length === 0) throw new UsageError(`${folder} has no result of a run`);
  const report = buildReport(mergeStates(results.map(({ state }) => state)));
  const rows = sorted(results.map(rowOf), sort);
  if (json) io.stdout.write(`${terminalJson({ ...report, tasks: rows }, 2)}\n`);
  else {
    const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
    io.stdout.write(`${renderText(report, look)}\n\nRuns:\n${renderResults(rows)}\n`);
  }
  return EXIT.done;
}

export const mergeCommand: CommandModule = { define, run };
