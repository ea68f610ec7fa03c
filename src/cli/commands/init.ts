import type { Command } from 'commander';
import { initProject } from '../../init/initProject';
import { GATE, TEST } from '../../init/templates';
import { terminalText } from '../../report/terminalText';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { UsageError } from '../usageError';

function define(command: Command): void {
  command.argument('[folder]', 'where to write them', '.').addHelpText(
    'after',
    `
Writes barometer.config.ts, a strategy with its marble test, half an hour of synthetic ticks and a
workflow of GitHub Actions, which pass unchanged. Files that exist are left alone.

Example:
  npm install --save-dev barometer rxjs jiti
  npm exec barometer init`,
  );
}

function run({ args: [folder = '.'], io: { stdout } }: Call): Promise<number> {
  const { written, kept } = attempt(folder);
  const lines = [
    ...written.map((path) => `Wrote ${path}`),
    ...kept.map((path) => `Kept ${path}, which exists already`),
    '',
    'Next:',
    ...(kept.includes('package.json')
      ? ['  npm install --save-dev barometer rxjs jiti']
      : ['  npm install']),
    `  ${TEST}`,
    `  ${GATE}`,
  ];
  stdout.write(`${lines.map(terminalText).join('\n')}\n`);
  return Promise.resolve(EXIT.done);
}

function attempt(folder: string): ReturnType<typeof initProject> {
  try {
    return initProject(folder);
  } catch (error) {
    const { code = '', path = folder } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    throw new UsageError(`${path}: cannot be written (${code})`);
  }
}

export const initCommand: CommandModule = { define, run };
