import type { Command } from 'commander';
import { z } from 'zod';
import { terminalJson, terminalLines } from '../../report/terminalText';
import { builtInHelp, renderStrategyHelp, strategyHelp } from '../../strategies/strategyHelp';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options/readOptions';

const schema = z.object({ json: z.boolean().default(false) });

function define(command: Command): void {
  command
    .argument('[strategies...]', 'names or paths of modules; the built-in ones unless given')
    .option('--json', 'print a JSON array')
    .addHelpText(
      'after',
      `
A module declares its parameters by an export \`parameters\`: a zod schema of an object, or a list
of names. A parameter that it does not declare is then an error.

Examples:
  barometer strategies
  barometer strategies ./mine.ts`,
    );
}

function run({ args, options, io: { stdout } }: Call): Promise<number> {
  const { json } = readOptions(schema, options);
  const all = args.length === 0 ? builtInHelp() : args.map(strategyHelp);
  const text = json
    ? terminalJson(all, 2)
    : all.map((one) => terminalLines(renderStrategyHelp(one).join('\n'))).join('\n\n');
  stdout.write(`${text}\n`);
  return Promise.resolve(EXIT.done);
}

export const strategiesCommand: CommandModule = { define, run };
