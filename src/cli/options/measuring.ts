import type { Command } from 'commander';
import { causeText } from '../../../streams/causeText';
import { terminalLines, terminalText } from '../../report/terminalText';
import { BUILT_INS } from '../../strategies';
import { renderStrategyHelp, strategyHelp } from '../../strategies/strategyHelp';
import { withExporters } from './exporters';

/** Options of every command that measures a run: its stages, outputs, journal and report. */
export const withMeasuring = (command: Command): Command =>
  withExporters(command)
    .option('--inbox <n>', 'how many items may wait before each stage', '1048576')
    .option(
      '--overflow <policy>',
      'of a full inbox: error, drop-oldest, drop-latest or conflate',
      'error',
    )
    .option(
      '--windows <width>',
      'market time between two records in the journal: 1s, 10s, 1m, 5m, 15m, 1h, 4h, 12h or 1d ' +
        '(default: the shortest with at most 1,000 of them)',
    )
    .option('--warn-every <n,m>', 'events between warnings, on either edge; 0: none', '1000,500')
    .option('--timings <on|off>', 'measure service times; off in data-driven mode only', 'on')
    .option('--strict', 'a strategy that throws fails the run')
    .option('--out-bars <file>', 'write base and derived bars to .csv, .parquet or .arrow')
    .option('--out-signals <file>', 'write signals to .csv')
    .option(
      '--time-format <format>',
      'times in CSV outputs: epoch-us (microseconds) or iso (default: epoch-us)',
    )
    .option('--csv-safe', 'guard texts in CSV outputs that a spreadsheet would run as formulas')
    .option('--journal <path>', 'the journal: a file, a folder, or none; .barometer unless given')
    .option('--fsync', 'the journal survives a power failure, not only the end of the process')
    .option('--gzip', 'compress the journal at the end')
    .option('--record-timings', 'record the service time of every item, for speeds (the default)')
    .option('--no-record-timings', 'record no service times: verdict and actions name no speeds')
    .option('--label <text>', 'label of the run, shown and found by barometer runs')
    .option('--allow-errors', 'exit with 0 although every call of a strategy failed')
    .option('--json', 'print the report as one JSON object')
    .option('--quiet', 'no progress bar and no warnings, only the report');

const OWN = `  ./mine.ts      a module of yours, .ts, .js, .cjs or .mjs: its default export is a function
                 (parameters) => Strategy, a class, or an object with onBar(bar, context)`;

/** The built-in strategies; of those that the command line names, the parameters. */
export function strategiesHelp({ command }: { readonly command: Command }): string {
  const { strategy: chosen = [] } = command.opts<{ readonly strategy?: readonly string[] }>();
  if (chosen.length > 0) return `\n${chosen.map(helpOf).join('\n')}`;
  const names = BUILT_INS.map(
    ({ name, parameters }) =>
      `  ${name.padEnd(14)} ${parameters.map((key) => `${key}=`).join(', ')}`,
  );
  return ['', 'Strategies:', ...names, OWN].join('\n');
}

/** The help of a strategy, or why there is none: `--help` itself never fails. */
function helpOf(text: string): string {
  try {
    return terminalLines(renderStrategyHelp(strategyHelp(text)).join('\n'));
  } catch (error) {
    return terminalText(causeText(error));
  }
}
