import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { checkOptions, openFiles } from '../../../streams';
import { capacityOf, NoWorkError } from '../../capacity/capacity';
import type { Capacity } from '../../capacity/capacity';
import { capacityReport } from '../../capacity/capacityReport';
import type { CapacityReport, CapacitySource } from '../../capacity/capacityReport';
import { parseChanges, WhatIfError } from '../../capacity/change';
import type { Change } from '../../capacity/change';
import { measure } from '../../capacity/measure';
import type { Measured } from '../../capacity/measure';
import { repeatRunsOf } from '../../capacity/repeatRuns';
import { recordedWork } from '../../capacity/recorded';
import { renderCapacityHtml } from '../../capacity/renderHtml';
import { renderCapacity } from '../../capacity/renderText';
import { findRun, foldJournal, timingsPathOf } from '../../journal';
import type { Report } from '../../report';
import type { Run } from '../../replay';
import { reportOfJournal } from '../../views/reportOfJournal';
import { isJournalName } from '../../journal/runDirectory';
import { openOutputFile } from '../../output';
import type { OutputFile } from '../../output';
import { decimalOf } from '../../decimal';
import { loadStrategies, modulesOf, uncaughtStrategyError } from '../../strategies';
import { terminalJson, terminalText } from '../../report/terminalText';
import { brokenStrategies } from '../../report/brokenStrategies';
import { failedCalls } from '../failedCalls';
import type { Call, CommandModule } from '../command';
import { checkDistinct } from '../distinctPaths';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import { wantsColor, widthOf } from '../io';
import { CALENDAR_OPTIONS, withCalendar } from '../options/calendar';
import { READING_OPTIONS, withReading, withSession } from '../options/files';
import { option, wholeNumber } from '../options/kinds';
import { strategiesHelp } from '../options/measuring';
import { readOptions } from '../options/readOptions';
import { directoryFor, nameDamage, RUN_HELP, withDirectory } from '../runArgument';
import { UsageError } from '../usageError';
import { readReplayOptions } from './replayOptions';

const speeds = option((text) => {
  const all = text.split(',').map(decimalOf);
  return all.every((speed) => speed > 0 && speed < Infinity)
    ? [...new Set(all)].sort((a, b) => a - b)
    : undefined;
}, 'positive numbers separated by commas, such as 1,10,100');

const schema = z.object({
  speeds: speeds.optional(),
  passes: wholeNumber(1, 1000).optional(),
  warmUp: wholeNumber(0).optional(),
  whatIf: z.array(z.string()).default([]),
  html: z.string().min(1, 'must be the name of a file').optional(),
  allowErrors: z.boolean().default(false),
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});
type Request = z.output<typeof schema>;

/** They say what is replayed, and with what; the pace is the command's own affair. */
const REPLAYED: readonly string[] = [
  ...['bars', 'derive', 'strategy', 'from', 'to', 'badRows', 'strict'],
  ...READING_OPTIONS,
  ...CALENDAR_OPTIONS,
];

const append = (value: string, before: readonly string[] = []): string[] => [...before, value];

function define(command: Command): void {
  withReading(withSession(withCalendar(withDirectory(command))))
    .argument('<files or run...>', 'tick files to replay once; or a run with recorded timings')
    .option('--bars <interval>', 'base bars, such as 1s or 1m; tick: every tick is one')
    .option('--derive <list>', 'derived intervals, multiples of the base: 5m,15m', append)
    .option(
      '--strategy <name|path>',
      'NAME[:k=v,…] or PATH[:k=v,…] of a module; repeatable',
      append,
    )
    .option('--bad-rows <what>', 'stop at a row that cannot be used, or count and skip it')
    .option('--strict', 'a strategy that throws fails the run')
    .option('--speeds <list>', 'the speeds to show; round ones around the limits unless given')
    .option('--passes <n>', 'how often to measure: the median, and how far apart; 1 unless given')
    .option(
      '--warm-up <n>',
      'first items to serve with the times of later ones; 0: none (default: detected)',
    )
    .option(
      '--what-if <changes>',
      'NAME*FACTOR,…: scale the service times of a stage, strategy, symbol or interval',
      append,
    )
    .option('--allow-errors', 'exit with 0 although every call of a strategy failed')
    .option('--html <file>', 'write a self-contained page with curves')
    .option('--json', 'print the result as one JSON object')
    .addHelpText('after', strategiesHelp)
    .addHelpText('after', HELP);
}

const HELP = `${RUN_HELP}

What if: processor*0.5 or analysis*0.5 (a stage), sma-cross*0 or strategy:sma-cross*0,
symbol:BTCUSDT*0, interval:5m*0.8. A factor of 0 takes it away altogether.

Examples:
  barometer capacity day.csv --derive 5m --strategy sma-cross --strategy ./mine.ts
  barometer capacity day.csv --strategy ./mine.ts --passes 5 --speeds 1,10,100
  barometer replay day.csv --strategy ./mine.ts
  barometer capacity latest --what-if 'mine*0.5,symbol:BTCUSDT*0'`;

interface Work {
  readonly source: CapacitySource;
  readonly passes: readonly (Omit<Measured, 'pauses'> & Partial<Pick<Measured, 'pauses'>>)[];
  /** Of the runs that were measured. */
  readonly reports: readonly Report[];
  readonly code: number;
  readonly wasStopped: boolean;
}

async function run(call: Call): Promise<number> {
  const request = readOptions(schema, call.options);
  const path = runAmong(call, request);
  checkDistinct({
    inputs:
      path === undefined
        ? [...call.args, ...modulesOf((call.options['strategy'] as string[] | undefined) ?? [])]
        : [path, timingsPathOf(path)],
    outputs: [request.html],
  });
  // A place that cannot be written is found out before anything is measured.
  const page = request.html === undefined ? undefined : openOutputFile(request.html);
  let code: number = EXIT.input;
  try {
    const work = await (path === undefined
      ? measured(call, request)
      : recorded(path, call, request));
    if (work.wasStopped) code = work.code;
    show(reportOf(work, request), work, request, call, page);
    const useless = [...new Set(work.reports.flatMap(brokenStrategies))];
    for (const text of useless) call.io.stderr.write(`barometer: ${terminalText(text)}\n`);
    const isUseless = useless.length > 0 && !request.allowErrors;
    return work.code === EXIT.done && isUseless ? EXIT.failed : work.code;
  } catch (error) {
    if (!(error instanceof NoWorkError)) throw error;
    call.io.stderr.write(`barometer: ${terminalText(error.message)}\n`);
    return code;
  } finally {
    page?.discard();
  }
}

function show(
  report: CapacityReport,
  { wasStopped }: Work,
  { json, html }: Request,
  { io }: Call,
  page?: OutputFile,
): void {
  page?.write(renderCapacityHtml(report));
  const written = page?.commit({ isComplete: !wasStopped });
  if (written !== html) {
    const text = `${html ?? ''} is the older file; this run, which was stopped, wrote ${written ?? ''}`;
    io.stderr.write(`barometer: ${terminalText(text)}\n`);
  }
  const look = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout) };
  const text = json ? terminalJson(report, 2) : renderCapacity(report, look);
  io.stdout.write(`${text}\n`);
}

/** The journal that is meant; undefined where tick files are. */
function runAmong({ args, io }: Call, { dir }: Request): string | undefined {
  const [only = '', ...others] = args;
  if (others.length > 0 || (existsSync(only) && !isJournalName(only))) return undefined;
  // What has the ending of a file is missed as one.
  const isFile = !existsSync(only) && /\.(csv|parquet|zip)(\.\w+)?$/i.test(only);
  return isFile ? undefined : findRun(only, directoryFor(io, dir));
}

async function recorded(path: string, { options, io }: Call, { passes }: Request): Promise<Work> {
  const useless = Object.keys(options).filter((name) => REPLAYED.includes(name));
  if (useless.length > 0 || passes !== undefined) {
    const name = (useless[0] ?? 'passes').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${name}: is for tick files; ${path} is a run that is over`);
  }
  const folded = await foldJournal(path);
  const { timings, origin, runQueueShare } = recordedWork(folded);
  const files = folded.state.run.configuration?.files ?? [];
  return {
    source: { run: timings.run, files, strategies: timings.strategies },
    passes: [{ timings, origin, runQueueShare }],
    reports: [reportOfJournal(folded)],
    code: nameDamage(folded, io) ? EXIT.input : EXIT.done,
    wasStopped: false,
  };
}

async function measured(
  { args, options, io }: Call,
  { passes: count = 1 }: Request,
): Promise<Work> {
  const replayed = Object.entries(options).filter(([name]) => REPLAYED.includes(name));
  const request = readReplayOptions(Object.fromEntries(replayed));
  const intervals = checkOptions(request.run).map(({ name }) => name);
  const interruption = interrupts(io);
  try {
    const passes: Measured[] = [];
    const reports: Report[] = [];
    while (passes.length < count && !interruption.isAsked) {
      const strategies = loadStrategies(request.strategies, intervals);
      const sources = await openFiles(args, request.files);
      let run: Run | undefined;
      const pass = await measure(sources, { ...request.run, strategies }, (running) => {
        run = running;
        interruption.stopWith(() => {
          running.stop();
        });
        interruption.failWith((error) => {
          running.fail(uncaughtStrategyError(error, request.strategies, running.strategies));
        });
      });
      // A pass that was cut short is no measurement beside whole ones.
      if (!interruption.isAsked || passes.length === 0) passes.push(pass);
      if (run !== undefined) reports.push(run.report());
    }
    return {
      source: { files: args, strategies: passes[0]?.timings.strategies ?? [] },
      passes,
      reports,
      code: interruption.isAsked ? interruption.exitCode : EXIT.done,
      wasStopped: interruption.isAsked,
    };
  } finally {
    interruption.close();
  }
}

function reportOf({ source, passes, reports }: Work, request: Request): CapacityReport {
  const { speeds: chosen, warmUp } = request;
  const first = passes[0]?.timings;
  const changes = first === undefined ? [] : changesIn(request.whatIf, first);
  const computed = (
    pass: Work['passes'][number],
    more: Partial<Request> & { isWhole?: boolean; changes: readonly Change[] },
  ): Capacity =>
    capacityOf(pass.timings, {
      origin: pass.origin,
      changes: more.changes,
      ...(warmUp === undefined ? {} : { warmUp }),
      ...(more.speeds === undefined ? {} : { speeds: more.speeds }),
      ...(more.isWhole === true ? { gains: true, parts: passes.length === 1 } : {}),
    });
  const together = repeatRunsOf(passes.map((pass) => computed(pass, { changes, speeds: [] })));
  const middle = passes[together.middle] as Work['passes'][number];
  return capacityReport({
    source,
    capacity: computed(middle, {
      changes,
      isWhole: true,
      ...(chosen === undefined ? {} : { speeds: chosen }),
    }),
    passes: together,
    changes,
    ...(changes.length === 0
      ? {}
      : { measuredSpeed: computed(middle, { changes: [], speeds: [] }).sustainableSpeed }),
    ...(middle.pauses === undefined ? {} : { pauses: middle.pauses }),
    runQueueShare: middle.runQueueShare,
    errors: failedCalls(reports),
  });
}

function changesIn(texts: readonly string[], timings: Measured['timings']): Change[] {
  try {
    return texts.flatMap((text) => parseChanges(text, timings));
  } catch (error) {
    if (!(error instanceof WhatIfError)) throw error;
    throw new UsageError(`--what-if ${error.message}`);
  }
}

export const capacityCommand: CommandModule = { define, run };
