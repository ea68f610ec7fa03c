import type { Command } from 'commander';
import { z } from 'zod';
import {
  checkScopes,
  judge,
  METRICS,
  parseRequirement,
  renderGitHub,
  renderJudgements,
  renderJUnit,
  RequirementError,
} from '../../check';
import type { Baseline, Judgement, Requirement } from '../../check';
import { checkOptions, openFiles } from '../../../streams';
import { decimalOf } from '../../decimal';
import { openOutputFile } from '../../output';
import type { OutputFile } from '../../output';
import { replay } from '../../replay';
import type { Report } from '../../report';
import { terminalJson, terminalText } from '../../report/terminalText';
import { loadStrategies, modulesOf, uncaughtStrategyError } from '../../strategies';
import { baselineReport } from '../baseline';
import { brokenStrategies } from '../../report/brokenStrategies';
import type { Call, CommandModule } from '../command';
import { checkDistinct } from '../distinctPaths';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import { wantsColor } from '../io';
import type { Io } from '../io';
import { withCalendar } from '../options/calendar';
import { withReading, withSession } from '../options/files';
import { strategiesHelp } from '../options/measuring';
import { option, wholeNumber } from '../options/kinds';
import { readOptions } from '../options/readOptions';
import { nothingRead } from '../nothingRead';
import { journalFilesOf, recordRun } from '../recordRun';
import { setupOf } from '../runSetup';
import { directoryFor, RUN_HELP, withDirectory } from '../runArgument';
import { UsageError } from '../usageError';
import { append, withRun } from './replay';
import type { ReplayRequest } from './replayOptions';
import { readReplayOptions } from './replayOptions';

const REPORTERS = ['text', 'junit', 'github'] as const;

const share = option((text) => {
  const value = decimalOf(text.replace(/%$/, '')) / 100;
  return text.endsWith('%') && value >= 0 && value < Infinity ? value : undefined;
}, 'a share such as 10%');

const reporter = option(
  (text) => {
    const [, name = '', file] = /^(\w+)(?:=(.+))?$/.exec(text) ?? [];
    const kind = REPORTERS.find((known) => known === name);
    return kind === undefined ? undefined : { kind, file };
  },
  `${REPORTERS.join(', ')}, or one of them and a file, such as junit=check.xml`,
);
type Reporter = z.output<typeof reporter>;

const schema = z.object({
  require: z.array(z.string()).default([]),
  passes: wholeNumber(1, 1000).default(1),
  baseline: z.string().min(1, 'must be a run, or a file of a printed report').optional(),
  allowRegression: share.optional(),
  reporter: z.array(reporter).default([]),
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});
type Request = z.output<typeof schema>;

/** Without a word, a run may be this much slower than the baseline. */
const ALLOWED = 0.1;

function define(command: Command): void {
  withReading(withSession(withCalendar(withDirectory(withRun(command)))))
    .option('--require <text>', "what has to hold: 'sustainable-speed >= 10'; repeatable", append)
    .option('--passes <n>', 'how often to run: the median of each value counts', '1')
    .option('--baseline <run>', 'a run, or a printed report, that this one may not be worse than')
    .option('--allow-regression <share>', 'how much worse it may be (default: 10%)')
    .option(
      '--reporter <name>',
      `${REPORTERS.join(', ')}; NAME=FILE writes to a file; repeatable (default: text)`,
      append,
    )
    .option('--bad-rows <what>', 'stop at a row that cannot be used, or count and skip it', 'stop')
    .option('--inbox <n>', 'how many items may wait before each stage', '1048576')
    .option(
      '--overflow <policy>',
      'of a full inbox: error, drop-oldest, drop-latest or conflate',
      'error',
    )
    .option('--strict', 'a strategy that throws fails the run')
    .option('--label <text>', 'label of the runs that keep a journal')
    .option('--allow-errors', 'exit with 0 although every call of a strategy failed')
    .option('--journal <path>', 'keep a journal of each run: a file or a folder (default: none)')
    .option('--json', 'print judgements and report as one JSON object')
    .addHelpText('after', strategiesHelp)
    .addHelpText('after', HELP);
}

const HELP = `
A requirement is METRIC or METRIC(WHERE), one of >= > <= < = !=, and a limit: a speed is a number,
a share has a %, a time is in us, ms or s. WHERE is an edge, a stage or a strategy; without it the
worst counts, or the sum. Metrics:
${Object.entries(METRICS)
  .map(
    ([name, { scope, what }]) =>
      `  ${`${name}${scope === undefined ? '' : `(${scope})`}`.padEnd(24)} ${what}`,
  )
  .join('\n')}
${RUN_HELP}

Examples:
  barometer check day.csv --strategy ./mine.ts --require 'sustainable-speed >= 10'
  barometer check day.csv --speed 60 --require 'behind(processor-analysis) < 5%' \\
    --require 'errors = 0' --passes 3 --reporter junit=check.xml
  barometer check day.csv --strategy ./mine.ts --baseline main.json --allow-regression 10%`;

async function run(call: Call): Promise<number> {
  const { args, options, io } = call;
  const isOwn = (name: string): boolean => Object.hasOwn(schema.shape, name);
  const entries = Object.entries(options);
  const own = readOptions(schema, Object.fromEntries(entries.filter(([name]) => isOwn(name))));
  const request = readReplayOptions({
    journal: 'none',
    ...Object.fromEntries(entries.filter(([name]) => !isOwn(name))),
  });
  const requirements = requirementsOf(own.require);
  if (requirements.length === 0 && own.baseline === undefined) {
    throw new UsageError("nothing is required: say what with --require 'sustainable-speed >= 10'");
  }
  if (own.allowRegression !== undefined && own.baseline === undefined) {
    throw new UsageError('--allow-regression: is for --baseline');
  }
  checkDistinct({
    inputs: [...args, ...modulesOf(request.strategies)],
    outputs: [...journalFilesOf(request.journal), ...own.reporter.map(({ file }) => file)],
  });
  // Places that cannot be written, and runs that are not there, are found out before anything runs.
  const baseline = await baselineOf(own, io);
  const files = own.reporter.map(({ file }) =>
    file === undefined ? undefined : openOutputFile(file),
  );
  const interruption = interrupts(io);
  const began = performance.now();
  try {
    const reports: Report[] = [];
    while (reports.length < own.passes) {
      const report = await pass(call, request, requirements, interruption);
      if (interruption.isAsked) return interruption.exitCode;
      reports.push(report);
    }
    const judgements = judge(requirements, reports, baseline);
    const seconds = (performance.now() - began) / 1_000;
    write(judgements, reports[0] as Report, own, { files, seconds, io });
    return codeOf(judgements, reports, request.allowErrors, io);
  } catch (error) {
    if (error instanceof EmptyRunError) {
      io.stderr.write(`barometer: ${terminalText(error.message)}\n`);
      return EXIT.input;
    }
    throw error instanceof RequirementError ? new UsageError(`--require ${error.message}`) : error;
  } finally {
    for (const file of files) file?.discard();
    interruption.close();
  }
}

function requirementsOf(texts: readonly string[]): Requirement[] {
  try {
    return texts.map(parseRequirement);
  } catch (error) {
    if (!(error instanceof RequirementError)) throw error;
    throw new UsageError(`--require ${error.message}`);
  }
}

async function baselineOf(
  { baseline: name, allowRegression: allowed = ALLOWED, dir }: Request,
  io: Io,
): Promise<Baseline | undefined> {
  if (name === undefined) return undefined;
  return { name, report: await baselineReport(name, directoryFor(io, dir), io), allowed };
}

/** One run, from its first row to its last. */
async function pass(
  { args, io }: Call,
  request: ReplayRequest,
  requirements: readonly Requirement[],
  interruption: ReturnType<typeof interrupts>,
): Promise<Report> {
  const { threads } = request.run;
  const intervals = checkOptions(request.run).map(({ name }) => name);
  const strategies =
    threads === undefined
      ? loadStrategies(request.strategies, intervals)
      : request.strategies.map((module) => ({ module }));
  const setup = setupOf({ command: 'check', args, options: request.written, label: request.label });
  const sources = await openFiles(args, request.files);
  const running = replay(sources, { ...request.run, strategies });
  const { stages, ...before } = running.report();
  const named = Object.fromEntries(running.strategies.map((name) => [name, NO_CALLS]));
  checkScopes(requirements, {
    ...before,
    stages: Object.assign(stages, { analysis: { ...stages.analysis, strategies: named } }),
  });
  const made = { strategies: running.strategies, sources };
  const recorded = recordRun(
    running,
    { ...request, timings: running.timings, setup: await setup(made) },
    io,
  );
  interruption.failWith((error) => {
    running.fail(uncaughtStrategyError(error, request.strategies, running.strategies));
  });
  try {
    running.start();
    interruption.stopWith(() => {
      running.stop();
    });
    const report = await running.done;
    const nothing = await nothingRead(report, sources, request.files);
    // What was not measured holds no requirement, and breaks none.
    if (nothing !== undefined) throw new EmptyRunError(nothing);
    return report;
  } finally {
    running.stop();
    await recorded();
  }
}

class EmptyRunError extends Error {
  override readonly name = 'EmptyRunError';
}

const NO_CALLS = { items: '0', signals: '0', errors: '0', totalMs: 0, maxMs: 0 } as const;

interface Around {
  readonly files: readonly (OutputFile | undefined)[];
  readonly seconds: number;
  readonly io: Io;
}

function write(
  judgements: readonly Judgement[],
  report: Report,
  { reporter: reporters, json }: Request,
  { files, seconds, io: { stdout, env } }: Around,
): void {
  const written = (kind: Reporter['kind'], color: boolean): string =>
    kind === 'junit'
      ? renderJUnit(judgements, seconds)
      : kind === 'github'
        ? renderGitHub(judgements)
        : renderJudgements(judgements, { color });
  reporters.forEach(({ kind }, index) => {
    const file = files[index];
    file?.write(`${written(kind, false).trimEnd()}\n`);
    file?.commit();
  });
  if (json) {
    const passed = judgements.every((judgement) => judgement.passed);
    stdout.write(`${terminalJson({ schema: 1, passed, judgements, report }, 2)}\n`);
    return;
  }
  const shown = reporters.filter(({ file }) => file === undefined).map(({ kind }) => kind);
  for (const kind of shown.length === 0 ? (['text'] as const) : shown) {
    stdout.write(`${written(kind, wantsColor(stdout, env)).trimEnd()}\n`);
  }
}

function codeOf(
  judgements: readonly Judgement[],
  reports: readonly Report[],
  allowErrors: boolean,
  io: Io,
): number {
  if (judgements.some(({ passed }) => !passed)) return EXIT.requirement;
  // A strategy that has done nothing keeps up at any speed.
  const useless = [...new Set(reports.flatMap(brokenStrategies))];
  for (const text of useless) io.stderr.write(`barometer: ${terminalText(text)}\n`);
  return useless.length === 0 || allowErrors ? EXIT.done : EXIT.failed;
}

export const checkCommand: CommandModule = { define, run };
