import type { Command } from 'commander';
import { explainExit } from '../../journal/exitHooks';
import { replay } from '../../replay';
import type { Run } from '../../replay';
import { renderText } from '../../report';
import type { Report } from '../../report';
import { terminalJson, terminalText } from '../../report/terminalText';
import { checkOptions, openFiles, StageFailure } from '../../../streams';
import type { RowSource } from '../../../streams';
import { CallMonitor } from '../../../streams/strategies/callMonitor';
import { STAGE_TIMEOUT } from '../../../streams/threads/threadsOptions';
import {
  BUILT_INS,
  loadStrategies,
  modulesOf,
  UncaughtStrategyError,
  uncaughtStrategyError,
} from '../../strategies';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { exportRun } from '../exportRun';
import type { ExportedRun } from '../exportRun';
import { interrupts } from '../interrupts';
import type { Interrupts } from '../interrupts';
import { wantsColor, widthOf } from '../io';
import { withCalendar } from '../options/calendar';
import { withExporters } from '../options/exporters';
import { withReading, withSession } from '../options/files';
import { openOutputs } from '../outputs';
import type { ReplayRequest } from './replayOptions';
import { readReplayOptions } from './replayOptions';
import { journalFilesOf, recordRun } from '../recordRun';
import { watchRun } from '../watchRun';
import { noteSources } from '../sourceNotes';

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
  withExporters(withReading(withSession(withCalendar(withRun(command)))))
    .option('--bad-rows <what>', 'stop at a row that cannot be used, or count and skip it', 'stop')
    .option('--inbox <n>', 'how many items may wait before each stage', '1048576')
    .option(
      '--overflow <policy>',
      'of a full inbox: error, drop-oldest, drop-latest or conflate',
      'error',
    )
    .option('--warn-every <n,m>', 'events between warnings, on either edge; 0: none', '1000,500')
    .option('--timings <on|off>', 'measure service times; off in data-driven mode only', 'on')
    .option('--strict', 'a strategy that throws fails the run')
    .option('--out-bars <file>', 'write base and derived bars to .csv or .parquet')
    .option('--out-signals <file>', 'write signals to .csv')
    .option('--csv-safe', 'guard texts in CSV outputs that a spreadsheet would run as formulas')
    .option('--journal <path>', 'the journal: a file, a folder, or none; .barometer unless given')
    .option('--fsync', 'the journal survives a power failure, not only the end of the process')
    .option('--gzip', 'compress the journal at the end')
    .option('--record-timings', 'record the service time of every item, for speeds (the default)')
    .option('--no-record-timings', 'record no service times: verdict and actions name no speeds')
    .option('--json', 'print the report as one JSON object')
    .option('--quiet', 'no progress bar and no warnings, only the report')
    .addHelpText('after', HELP);
}

const HELP = `
Strategies:
${BUILT_INS.map(({ name, parameters }) => `  ${name.padEnd(14)} ${parameters.map((key) => `${key}=`).join(', ')}`).join('\n')}
  ./mine.ts      a module of yours, .ts, .js, .cjs or .mjs: its default export is a function
                 (parameters) => Strategy, a class, or an object with onBar(bar, context)

Examples:
  barometer replay BTCUSDT-trades-2024-08-08.zip --derive 5m --strategy sma-cross
  barometer replay day.csv --bars 1s --speed 240 --strategy ./mine.ts:length=20 --json
  barometer replay day.csv --columns time=stamp,price=last --symbol ACME --mode data`;

async function run({ args, options, io }: Call): Promise<number> {
  const request = readReplayOptions(options);
  const intervals = checkOptions(request.run).map(({ name }) => name);
  const outputs = openOutputs(request, {
    inputs: [...args, ...modulesOf(request.strategies)],
    outputs: journalFilesOf(request.journal),
  });
  const interruption = interrupts(io);
  let exported: ExportedRun | undefined;
  try {
    const { threads } = request.run;
    const strategies =
      threads === undefined
        ? loadStrategies(request.strategies, intervals)
        : request.strategies.map((module) => ({ module }));
    const sources = await openFiles(args, request.files);
    const callMonitor = new CallMonitor();
    const running = replay(sources, {
      ...request.run,
      ...(threads === undefined ? { callMonitor } : {}),
      ...(request.recordTimings ? {} : { recordTimings: false }),
      strategies,
    });
    exported = await exportRun(running, request.exporters, io);
    const recorded = recordRun(running, { ...request, timings: running.timings }, io);
    interruption.failWith((error) => {
      running.fail(uncaughtStrategyError(error, request.strategies, running.strategies));
    });
    outputs.follow(running);
    const timeoutMs = request.run.stageTimeout ?? STAGE_TIMEOUT;
    interruption.watchCalls(callMonitor, timeoutMs, () => {
      const { message } = callMonitor.failure(`hangs: not done with it in ${timeoutMs} ms`);
      explainExit(message);
      print(running.report(), request, io);
      io.stderr.write(`barometer: ${terminalText(message)}\n`);
    });
    let failure: Error | undefined;
    const report = await finished(running, request, io, sources, interruption)
      .catch((error: unknown) => {
        if (!isReported(error)) throw error;
        // The report covers the run until then.
        failure = error;
        return running.report();
      })
      .finally(() => {
        // A run that could not even begin ends here.
        running.stop();
        return recorded();
      });
    const isComplete = !interruption.isAsked;
    const remarks = failure === undefined ? await outputs.commit(isComplete) : [];
    print(report, request, io);
    if (!request.quiet) noteSources(sources, io.stderr, { isReported: true });
    const useless = brokenStrategies(report);
    const missing = missingSymbols(report, request.run.symbols);
    for (const text of [...remarks, ...useless, ...missing]) {
      io.stderr.write(`barometer: ${terminalText(text)}\n`);
    }
    const isRecorded = await recorded();
    if (failure !== undefined) throw failure;
    if (interruption.isAsked) return interruption.exitCode;
    if (missing.length > 0 && report.run.symbols.length === 0) return EXIT.input;
    return isRecorded && useless.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    outputs.discard();
    await exported?.close(interruption.signal);
    interruption.close();
  }
}

function print(report: Report, { json }: ReplayRequest, { stdout, env }: Call['io']): void {
  const look = { color: wantsColor(stdout, env), width: widthOf(stdout) };
  stdout.write(`${json ? terminalJson(report, 2) : renderText(report, look)}\n`);
}

/** Failures after which what was measured until then is still worth a report. */
const isReported = (error: unknown): error is Error =>
  error instanceof StageFailure || error instanceof UncaughtStrategyError;

/** A strategy that has failed at every bar has found nothing: a script must not take it for a result. */
const brokenStrategies = ({ stages }: Report): string[] =>
  Object.entries(stages.analysis.strategies)
    .filter(([, { items, errors }]) => items !== '0' && items === errors)
    .map(
      ([name, { items, firstError }]) =>
        `strategy ${name}: all of its ${items} calls failed` +
        (firstError === undefined ? '' : `, the first: ${firstError}`),
    );

/** What was asked for and is not in the files; a stopped run may not have come to it. */
const missingSymbols = (
  { run: { symbols, outcome } }: Report,
  asked: readonly string[] = [],
): string[] =>
  outcome === undefined
    ? asked
        .filter((name) => !symbols.includes(name))
        .map((name) => `--symbols: the files have no row of ${name} in the session`)
    : [];

async function finished(
  running: Run,
  request: ReplayRequest,
  io: Call['io'],
  sources: readonly RowSource[],
  interruption: Interrupts,
) {
  const watching = await watchRun(running, request, io, sources);
  try {
    running.start();
    interruption.stopWith(() => {
      running.stop();
    });
    return await running.done;
  } finally {
    watching.close();
  }
}

export const replayCommand: CommandModule = { define, run };
