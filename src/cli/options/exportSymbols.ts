import type { Command } from 'commander';
import { wholeNumber } from './kinds';

/** How many symbols of an edge have metrics of their own. */
export const EXPORT_SYMBOLS = wholeNumber(0, 256).default(0);

export const withExportSymbols = (command: Command): Command =>
  command.option(
    '--export-symbols <n>',
    'symbols with metrics of their own, those that begin to have events first; the others are "(other)" (0 to 256, default: 0)',
  );
