import type { Command } from 'commander';
import { z } from 'zod';
import { SORT_KEYS, sorted } from '../../cluster';
import { failuresOf, memberRows, mergedState } from '../../cluster/group';
import { buildReport, renderText } from '../../report';
import { terminalJson, terminalText } from '../../report/terminalText';
import { renderMembers } from '../../views/renderResults';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { groupFor, nothingIn } from '../groups';
import { wantsColor, widthOf } from '../io';
import { oneOf } from '../options/kinds';
import { natsShape, withNatsAccess } from '../options/nats';
import { readOptions } from '../options/readOptions';

const schema = z.object({
  sort: oneOf(...(SORT_KEYS as [(typeof SORT_KEYS)[number]])).default('sustainable-speed'),
  json: z.boolean().default(false),
  ...natsShape,
});

function define(command: Command): void {
  withNatsAccess(command)
    .argument('<folder>', 'results of a sweep, journals of other runners, or nats://HOST/NAME')
    .option('--sort <key>', `order of the table: ${SORT_KEYS.join(', ')}`, 'sustainable-speed')
    .option('--json', 'print the report as one JSON object')
    .addHelpText('after', HELP);
}

const HELP = `
Only completed runs are counted. The report covers several pipelines, each with its own stages:
counters and times in each mode are sums; speeds are those that all of the pipelines sustain.

Examples:
  barometer merge sweep
  barometer merge plan --json
  barometer merge nats://localhost:4222/plan`;

async function run({ args: [argument = ''], options, io }: Call): Promise<number> {
  const { sort, json, ...access } = readOptions(schema, options);
  const reader = await groupFor(argument, access);
  const group = await reader.read().finally(() => reader.close());
  for (const { id, why } of failuresOf(group)) {
    io.stderr.write(`barometer: ${terminalText(id)} ${terminalText(why)}\n`);
  }
  const state = mergedState(group);
  if (state === undefined) throw nothingIn(group);
  const report = buildReport(state);
  const rows = sorted(memberRows(group), sort);
  if (json) io.stdout.write(`${terminalJson({ ...report, tasks: rows }, 2)}\n`);
  else {
    const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
    io.stdout.write(`${renderText(report, look)}\n\nRuns:\n${renderMembers(rows)}\n`);
  }
  return EXIT.done;
}

export const mergeCommand: CommandModule = { define, run };
