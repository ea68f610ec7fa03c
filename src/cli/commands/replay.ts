import type { Command } from 'commander';
import { replay } from '../../replay';
import { openFiles } from '../../../streams';
import type { Call, CommandModule } from '../command';
import { withCalendar } from '../options/calendar';
import { strategiesHelp, withMeasuring } from '../options/measuring';
import { withReading, withSession } from '../options/files';
import { measureRun } from '../measureRun';
import { readReplayOptions } from './replayOptions';

export const append = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  value,
];

/** What runs, and at which pace. */
export const withRun = (command: Command): Command =>
  command
    .argument('<files...>', 'tick files: CSV, CSV.gz, CSV.zst, Parquet, or zip with one CSV')
    .option('--bars <interval>', 'base bars, such as 1s or 1m; tick: every tick is one', '1m')
    .option('--symbols <list>', 'only these symbols of the files: AAPL,MSFT')
    .option(
      '--lead-in <length>',
      'history before --from for strategies and derived bars, not counted, e.g. 1d (default: none)',
    )
    .option('--derive <list>', 'derived intervals, multiples of the base: 5m,15m', append)
    .option(
      '--strategy <name|path>',
      'NAME[:k=v,…] or PATH[:k=v,…] of a module; repeatable',
      append,
    )
    .option(
      '--mode <mode>',
      'clock: time waits for no one; data: the slowest stage sets the pace',
      'clock',
    )
    .option('--speed <factor>', 'market seconds per second, clock-driven', '1')
    .option('--time <time>', 'simulated, unless given: costs CPU time only; wall: in real time')
    .option(
      '--skip-gaps <length>',
      'on the wall clock, pass over gaps of market time longer than this, e.g. 1h (default: wait)',
    )
    .option('--threads', 'processor and analysis in threads of their own; implies --time wall')
    .option(
      '--demand <n>',
      'with --threads, data-driven: how many items an edge sends ahead of its consumer (default: 1024)',
    )
    .option(
      '--stage-timeout <seconds>',
      'longest time that a stage may take for one item before the run fails (default: 60)',
    );

function define(command: Command): void {
  withMeasuring(
    withReading(withSession(withCalendar(withRun(command))))
      .option(
        '--bad-rows <what>',
        'stop at a row that cannot be used, or count and skip it',
        'stop',
      )
      .option(
        '--again <run>',
        'repeat an earlier run with its files and options; what else is given here wins',
      ),
  )
    .addHelpText('after', strategiesHelp)
    .addHelpText('after', HELP);
}

const HELP = `
Examples:
  barometer replay BTCUSDT-trades-2024-08-08.zip --derive 5m --strategy sma-cross
  barometer replay day.csv --bars 1s --speed 240 --strategy ./mine.ts:length=20 --json
  barometer replay --again latest --speed 480
  barometer replay day.csv --columns time=stamp,price=last --symbol ACME --mode data`;

async function run({ args, options, io }: Call): Promise<number> {
  const request = readReplayOptions(options);
  return measureRun(request, { inputs: args, command: 'replay', args }, io, async (parts) => {
    const sources = await openFiles(args, request.files);
    return { running: replay(sources, { ...request.run, ...parts }), sources };
  });
}

export const replayCommand: CommandModule = { define, run };
