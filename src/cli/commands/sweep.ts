import { mkdirSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { openFiles } from '../../../streams';
import { expandPaths } from '../../../streams/sources/expandPaths';
import { shellQuoted } from '../../../streams/sources/shellQuoted';
import {
  commandOf,
  natsRunner,
  needsSurvey,
  parseSplit,
  partsOf,
  processes,
  rowOf,
  SORT_KEYS,
  sorted,
  strategySets,
  surveyOf,
  sweep,
  tasksOf,
} from '../../cluster';
import type { ResultRow, Runner, Task, TaskOptions } from '../../cluster';
import { mergeStates } from '../../metrics';
import { openOutputFile } from '../../output';
import { openResultsFile } from '../../output/resultsFile';
import { buildReport } from '../../report';
import { duration } from '../../report/format';
import { terminalJson, terminalText } from '../../report/terminalText';
import { renderResults } from '../../views/renderResults';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { interrupts } from '../interrupts';
import type { Io } from '../io';
import { withCalendar } from '../options/calendar';
import { withReading, withSession } from '../options/files';
import { oneOf, wholeNumber } from '../options/kinds';
import { natsOptionsOf, natsShape, withNatsAccess } from '../options/nats';
import { given, readOptions } from '../options/readOptions';
import { UsageError } from '../usageError';
import { withRun } from './replay';
import { readReplayOptions } from './replayOptions';

const schema = z.object({
  by: z.string().default('file'),
  jobs: wholeNumber(1).optional(),
  out: z.string().min(1, 'must be the name of a folder').default('sweep'),
  resume: z.boolean().default(false),
  list: z.boolean().default(false),
  sort: oneOf(...(SORT_KEYS as [(typeof SORT_KEYS)[number]])).default('sustainable-speed'),
  table: z.string().min(1, 'must be the name of a file').optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  nats: z.string().optional(),
  modules: z.string().min(1, 'must be the name of a folder').default('.'),
  ...natsShape,
});

/** Those of a sweep itself, and those that its tasks are given one by one. */
const OWN = [...Object.keys(schema.shape), 'strategy', 'symbols', 'from', 'to'];

function define(command: Command): void {
  withNatsAccess(withReading(withSession(withCalendar(withRun(command)))))
    .option('--bad-rows <what>', 'stop at a row that cannot be used, or count and skip it', 'stop')
    .option('--inbox <n>', 'how many items may wait before each stage', '1048576')
    .option(
      '--overflow <policy>',
      'of a full inbox: error, drop-oldest, drop-latest or conflate',
      'error',
    )
    .option('--strict', 'a strategy that throws fails its task')
    .option('--by <split>', 'cut the input by file, day, symbol, or group:N of symbols', 'file')
    .option('--jobs <n>', 'how many tasks run at a time (default: one for each core)')
    .option('--out <folder>', 'where journals and results go', 'sweep')
    .option('--resume', 'take the results that are there, run only what is missing')
    .option('--list', 'run nothing: print one command line for each task')
    .option('--sort <key>', `order of the table: ${SORT_KEYS.join(', ')}`, 'sustainable-speed')
    .option('--table <file>', 'write the table to .csv, .parquet, .arrow or .json')
    .option('--json', 'print tasks and merged report as one JSON object')
    .option('--quiet', 'no line for each task')
    .option(
      '--nats <url>',
      'submit the tasks to workers through NATS JetStream, e.g. nats://localhost:4222',
    )
    .option(
      '--modules <folder>',
      'with --nats: folder that paths of modules are relative to, as --modules of the workers is',
      '.',
    )
    .addHelpText('after', HELP);
}

const HELP = `
Each task is one replay in a separate process, over a part of the input and with one set of
strategies. A parameter may have several values (slow=30|60) or a range (fast=5..20/5): every
combination is a set. The merged report covers as many pipelines, each with its own stages.

Examples:
  barometer sweep days/ --by day --strategy sma-cross:fast=5..20/5,slow=30 --jobs 8
  barometer sweep ticks.parquet --by group:50 --strategy ./mine.ts:length=10|20 --out plan
  barometer sweep days/ --by day --strategy ./mine.ts --list | parallel
  barometer sweep days/ --by day --strategy ./mine.ts --nats nats://localhost:4222 --out plan
  barometer merge plan`;

async function run({ args, options, io }: Call): Promise<number> {
  const own = readOptions(
    schema,
    Object.fromEntries(Object.entries(options).filter(([key]) => key in schema.shape)),
  );
  const shared = Object.fromEntries(Object.entries(options).filter(([key]) => !OWN.includes(key)));
  const split = parseSplit(own.by);
  const { leadIn, ...counted } = shared;
  // Tasks have sessions of their own, each with its own history before it.
  const request = readReplayOptions({ ...counted, ...sessionOf(options) });
  if (leadIn !== undefined && split === 'file' && request.run.from === undefined) {
    throw new UsageError('--lead-in: give --from too, or cut by day: --by day');
  }
  const sets = strategySets((options['strategy'] as string[] | undefined) ?? []);
  const { from, to } = request.run;
  // The history before the session may be in separate files.
  const files = expandPaths(args, given({ from: leadIn === undefined ? from : undefined, to })).map(
    ({ path }) => path,
  );
  const survey = needsSurvey(split)
    ? await surveyOf(files, request.files)
    : { symbols: [], first: undefined, last: undefined };
  // A file that cannot be read is said before anything runs.
  if (!needsSurvey(split)) await openFiles(files, request.files);
  const asked = request.run.symbols;
  const chosen =
    asked === undefined ? survey.symbols : survey.symbols.filter((name) => asked.includes(name));
  const parts = partsOf(split, files, { ...survey, symbols: chosen }, { from, to }).map((part) =>
    part.symbols === undefined && asked !== undefined ? { ...part, symbols: asked } : part,
  );
  const tasks = tasksOf(parts, sets, given(shared) as TaskOptions);
  if (tasks.length === 0) throw new UsageError('the files have no row in the session');
  if (own.list) {
    for (const task of tasks) {
      const line = ['barometer', ...commandOf(own.out, task)].map(shellQuoted).join(' ');
      io.stdout.write(`${line}\n`);
    }
    return EXIT.done;
  }
  return runAll(tasks, own, io);
}

async function runAll(
  tasks: readonly Task[],
  own: z.infer<typeof schema>,
  io: Io,
): Promise<number> {
  mkdirSync(own.out, { recursive: true });
  const interruption = interrupts(io);
  try {
    interruption.stopWith(() => undefined);
    const onTask = progress(tasks.length, own.quiet || own.json ? undefined : io);
    const { results, failed } = await sweep(tasks, {
      directory: own.out,
      runner: runnerOf(own),
      resume: own.resume,
      signal: interruption.signal,
      onTask,
    });
    const rows = sorted(results.map(rowOf), own.sort);
    if (own.table !== undefined) await writeTable(own.table, rows);
    if (own.json) {
      const report = buildReport(mergeStates(results.map(({ state }) => state)));
      const failures = failed.map(({ task, why }) => ({ task: task.id, why }));
      io.stdout.write(`${terminalJson({ tasks: rows, failed: failures, report }, 2)}\n`);
    } else if (rows.length > 0) {
      io.stdout.write(`${renderResults(rows)}\n`);
      io.stdout.write(`\nRead together: barometer merge ${shellQuoted(own.out)}\n`);
    }
    for (const { task, why } of failed) {
      io.stderr.write(`barometer: task ${terminalText(task.id)} failed: ${terminalText(why)}\n`);
    }
    if (interruption.isAsked) {
      const missing = tasks.length - results.length;
      io.stderr.write(
        `barometer: stopped with ${missing} tasks to do; --resume goes on with them\n`,
      );
      return interruption.exitCode;
    }
    return failed.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    interruption.close();
  }
}

const runnerOf = (own: z.infer<typeof schema>): Runner =>
  own.nats === undefined
    ? processes(given({ jobs: own.jobs }))
    : natsRunner(own.nats, {
        ...natsOptionsOf(own),
        name: basename(resolve(own.out)),
        modules: own.modules,
        resume: own.resume,
      });

/** A line for each task that is over, with the time that the rest will take if it goes on like this. */
function progress(all: number, io: Io | undefined) {
  const began = performance.now();
  let over = 0;
  let old = 0;
  return (task: Task, failure: string | undefined, isOld: boolean): void => {
    over += 1;
    if (isOld) old += 1;
    if (io === undefined) return;
    const perTask = (performance.now() - began) / Math.max(1, over - old);
    const rest =
      over === all || over === old ? '' : `, about ${duration(perTask * (all - over))} to go`;
    const what = isOld ? 'was there' : failure === undefined ? 'done' : 'failed';
    io.stderr.write(`${over} of ${all} ${what}: ${terminalText(task.id)}${rest}\n`);
  };
}

async function writeTable(path: string, rows: readonly ResultRow[]): Promise<void> {
  if (extname(path).toLowerCase() === '.json') {
    const file = openOutputFile(path);
    try {
      file.write(`${JSON.stringify(rows, null, 2)}\n`);
      file.commit();
    } finally {
      file.discard();
    }
    return;
  }
  const file = openResultsFile(path);
  try {
    for (const row of rows) file.write(row);
    await file.commit();
  } finally {
    file.discard();
  }
}

const sessionOf = ({ from, to, symbols }: Call['options']): Call['options'] => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(symbols === undefined ? {} : { symbols }),
});

export const sweepCommand: CommandModule = { define, run };
