import type { Command } from 'commander';
import { livenessOf, RUN_DIRECTORY } from '../journal';
import type { FoldedJournal, Liveness } from '../journal';
import { terminalText } from '../report/terminalText';
import type { Io } from './io';

/** What commands that read journals have in common. */
export const RUN_HELP = `
RUN is a run's id, the beginning of one, the path of a journal, latest, latest~1 for the run
before it, or baseline (see barometer runs).`;

export function withDirectory(command: Command): Command {
  return command.option(
    '--dir <folder>',
    `where the journals are; else what BAROMETER_DIR says, else ${RUN_DIRECTORY}`,
  );
}

/** Where journals are, and go. */
export const directoryFor = ({ env }: Pick<Io, 'env'>, asked?: string): string =>
  asked ?? (env['BAROMETER_DIR'] || RUN_DIRECTORY);

/** Names each line that had to be left out on stderr; returns whether there was any. */
export function nameDamage({ damaged }: Pick<FoldedJournal, 'damaged'>, { stderr }: Io): boolean {
  for (const { message } of damaged) {
    stderr.write(`barometer: ${terminalText(message)}; what it said is missing here\n`);
  }
  return damaged.length > 0;
}

export const livenessOfFolded = ({ header, state }: FoldedJournal): Liveness =>
  livenessOf(header, state.run.outcome !== undefined);
