import type { Command } from 'commander';
import { z } from 'zod';
import { formats } from '../../../streams/sources';
import { renderFormats } from '../../inspect';
import { terminalJson } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options/readOptions';

const schema = z.object({ json: z.boolean().default(false) });

function define(command: Command): void {
  command
    .option('--json', 'print a JSON array')
    .addHelpText('after', '\nFormats are recognized automatically; --format <name> selects one.');
}

function run({ options, io }: Call): Promise<number> {
  const { json } = readOptions(schema, options);
  const facts = formats.map(({ name, title, clock, traps }) => ({ name, title, clock, traps }));
  io.stdout.write(`${json ? terminalJson(facts, 2) : renderFormats(facts)}\n`);
  return Promise.resolve(EXIT.done);
}

export const formatsCommand: CommandModule = { define, run };
