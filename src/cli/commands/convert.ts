import type { Command } from 'commander';
import { z } from 'zod';
import { OptionError } from '../../../operators';
import { intervalName, openFiles, parseDerived, parseInterval } from '../../../streams';
import type { CalendarOptions, FileSource, RowBatch, Tick } from '../../../streams';
import { mergeRows } from '../../../streams/sources';
import { openBarsFile, openTicksFile } from '../../output';
import type { RowsFile } from '../../output';
import { replay } from '../../replay';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import type { Interrupts } from '../interrupts';
import { checkDistinct } from '../distinctPaths';
import { calendarOf, calendarShape, withCalendar } from '../options/calendar';
import { fileOptionsOf, fileShape, withFileOptions } from '../options/files';
import { list, oneOf } from '../options/kinds';
import { readOptions } from '../options/readOptions';
import { UsageError } from '../usageError';
import { noteSources } from '../sourceNotes';

const schema = z.object({
  ...fileShape,
  ...calendarShape,
  bars: list().optional(),
  ticks: z.boolean().default(false),
  out: z.string().min(1, 'must be the name of a file'),
  csvSafe: z.boolean().default(false),
  badRows: oneOf('stop', 'skip').optional(),
});

function define(command: Command): void {
  withCalendar(
    withFileOptions(command.argument('<files...>', 'tick files of any format that is known')),
  )
    .option('--bars <list>', 'write bars of these lengths: 1m,5m')
    .option(
      '--ticks',
      'write every tick: time, symbol, price, size, and side, bid, ask and their sizes where there are any',
    )
    .requiredOption('--out <file>', 'where to, ending in .csv, .parquet or .arrow')
    .option('--csv-safe', 'guard texts in CSV outputs that a spreadsheet would run as formulas')
    .option('--bad-rows <what>', 'stop at a row that cannot be used, or count and skip it', 'stop')
    .addHelpText('after', HELP);
}

const HELP = `
All files are merged by time into one. Times are epoch microseconds. What was written is a tick file
like others: replayed, bars of the shortest length give the same bars, and ticks give the same bars.

Examples:
  barometer convert BTCUSDT-trades-2024-08-08.zip --bars 1m,5m --out bars.parquet
  barometer convert ESU4.dbn.zst --ticks --out ticks.arrow`;

async function run({ args, options, io }: Call): Promise<number> {
  const read = readOptions(schema, options);
  if (read.ticks === (read.bars !== undefined)) {
    throw new UsageError('either --bars, such as --bars 1m,5m, or --ticks says what to write');
  }
  const intervals = read.bars === undefined ? [] : intervalsOf(read.bars);
  checkDistinct({ inputs: args, outputs: [read.out] });
  const interruption = interrupts(io);
  let file: RowsFile<never> | undefined;
  const keep = <T>(opened: RowsFile<T>): RowsFile<T> => {
    file = opened;
    return opened;
  };
  const { csvSafe } = read;
  try {
    const barsFile = read.ticks ? undefined : keep(openBarsFile(read.out, { csvSafe }));
    const length = intervals[0] === undefined ? 0 : parseInterval(intervals[0]).length;
    const sources = await openFiles(args, {
      ...fileOptionsOf(read, options),
      ...(read.badRows !== undefined && { badRows: read.badRows }),
      ...(length > 0 && { bars: length }),
    });
    const stopped =
      barsFile === undefined
        ? await writeTicks(
            sources,
            keep(openTicksFile(read.out, { csvSafe, ...ticksOf(sources, read.price) })),
            interruption,
          )
        : await writeBars(
            sources,
            { intervals, calendar: calendarOf(read) },
            barsFile,
            interruption,
          );
    if (stopped) return interruption.exitCode;
    await file?.commit();
    noteSources(sources, io.stderr);
    return EXIT.done;
  } finally {
    file?.discard();
    interruption.close();
  }
}

/** Shortest first; the others must be multiples of it. */
function intervalsOf(names: readonly string[]): readonly string[] {
  try {
    const sorted = names
      .map((name) => parseInterval(name, 'bars'))
      .toSorted((a, b) => a.length - b.length);
    const [base, ...others] = sorted;
    if (base === undefined) return [];
    const derived = parseDerived(
      others.filter(({ length }) => length !== base.length).map(({ name }) => name),
      base,
    );
    return [base, ...derived].map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof OptionError) || error.option !== 'derive') throw error;
    throw new UsageError(`--bars ${names.join(',')}: all must be multiples of the shortest`);
  }
}

const FIELDS = ['side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

/** Which columns there are: as many as any of the files fills. */
const ticksOf = (sources: readonly FileSource[], price: string | undefined) => ({
  fields: FIELDS.filter((name) => sources.some(({ fields }) => fields.includes(name))),
  hasPrices:
    price !== undefined ||
    sources.some(({ kind, fields }) => kind !== 'quotes' || !fields.includes('bid')),
});

/** Returns whether it was interrupted. */
async function writeTicks(
  sources: readonly FileSource[],
  file: ReturnType<typeof openTicksFile>,
  interruption: Interrupts,
): Promise<boolean> {
  const bars = sources.find(({ interval }) => interval > 0);
  if (bars !== undefined) {
    const length = intervalName(bars.interval);
    throw new UsageError(`--ticks: ${bars.name} has bars of ${length}; use --bars ${length}`);
  }
  let stopped = false;
  interruption.stopWith(() => {
    stopped = true;
  });
  for await (const batch of mergeRows(sources, { ticks: true })) {
    for (let row = 0; row < batch.length; row += 1) file.write(tickAt(batch, row));
    if (stopped) return true;
  }
  return false;
}

const SIDE_NAMES: Readonly<Record<number, Tick['side']>> = { 1: 'buy', [-1]: 'sell' };

function tickAt({ symbols, symbol, time, close, volume, ticks }: RowBatch, row: number): Tick {
  return {
    time: time[row] as number,
    symbol: symbols[symbol[row] as number] ?? '',
    // A trade's price, or that which bars are made of.
    price:
      ticks === undefined || Number.isNaN(ticks.price[row])
        ? (close[row] as number)
        : (ticks.price[row] as number),
    size: volume[row] as number,
    ...(ticks !== undefined && {
      side: SIDE_NAMES[ticks.side[row] as number],
      bid: ticks.bid[row],
      ask: ticks.ask[row],
      bidSize: ticks.bidSize[row],
      askSize: ticks.askSize[row],
    }),
  };
}

/** Returns whether it was interrupted. */
async function writeBars(
  sources: readonly FileSource[],
  { intervals, calendar }: { intervals: readonly string[]; calendar: CalendarOptions | undefined },
  file: ReturnType<typeof openBarsFile>,
  interruption: Interrupts,
): Promise<boolean> {
  const [bars = '1m', ...derive] = intervals;
  const running = replay(sources, {
    bars,
    derive,
    mode: 'data',
    timings: false,
    ...(calendar !== undefined && { calendar }),
  });
  let failure: unknown;
  interruption.stopWith(() => {
    running.stop();
  });
  running.bars$.subscribe({
    next: (bar) => {
      if (failure !== undefined) return;
      try {
        file.write(bar);
      } catch (error) {
        failure = error;
        running.stop();
      }
    },
    // The run's own end says it.
    error: () => undefined,
  });
  await running.start().done;
  if (failure !== undefined) throw failure as Error;
  return interruption.isAsked;
}

export const convertCommand: CommandModule = { define, run };
