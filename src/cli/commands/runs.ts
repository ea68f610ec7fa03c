import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { findRun, journalsIn, latestIn, namedIn, pointAt, pruneRuns } from '../../journal';
import type { Kept } from '../../journal';
import { counted, grouped } from '../../report/format';
import { terminalJson, terminalText } from '../../report/terminalText';
import { renderRuns } from '../../views/renderRuns';
import { isListed, runEntryOf } from '../../views/runs';
import type { RunEntry } from '../../views/runs';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import type { Io } from '../io';
import { oneOf, option, wholeNumber } from '../options/kinds';
import { readOptions } from '../options/readOptions';
import { parseTime } from '../options/time';
import { directoryFor, withDirectory } from '../runArgument';
import { UsageError } from '../usageError';

const UNITS: Readonly<Record<string, number>> = { h: 3.6e6, d: 86.4e6, w: 604.8e6 };

/** Milliseconds: `12h`, `30d`, `8w`. */
function lengthOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)([hdw])$/.exec(text.trim()) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? NaN);
}

/** Epoch milliseconds, of a point in time or a length before now. */
const since = option((text) => {
  const length = lengthOf(text);
  if (length !== undefined) return Date.now() - length;
  const micros = parseTime(text);
  return micros === undefined ? undefined : micros / 1_000;
}, 'a length before now, such as 12h or 30d, or a time, such as 2026-11-30');

const kept = option((text): Kept | undefined => {
  const length = lengthOf(text);
  if (length !== undefined) return { since: Date.now() - length };
  return /^\d{1,9}$/.test(text.trim()) ? { count: Number(text) } : undefined;
}, 'a length of time, such as 30d or 12h, or a number of runs');

const schema = z.object({
  strategy: z.string().optional(),
  verdict: z.string().optional(),
  label: z.string().optional(),
  state: oneOf('running', 'paused', 'done', 'stopped', 'failed', 'interrupted').optional(),
  since: since.optional(),
  last: wholeNumber(1).optional(),
  keep: kept.optional(),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
});
type Request = z.output<typeof schema>;

function define(command: Command): void {
  withDirectory(command)
    .argument('[action]', 'prune, or baseline with a run; lists the runs unless given')
    .argument('[run]', 'which run is the baseline')
    .option('--strategy <name>', 'only runs of this strategy: sma-cross, or sma-cross:fast=3')
    .option('--verdict <name>', 'only runs with this culprit or pattern: none, analysis, overload')
    .option('--label <text>', 'only runs whose label contains this')
    .option('--state <state>', 'only running, paused, done, stopped, failed or interrupted runs')
    .option('--since <time>', 'only runs begun since then: 12h, 30d, or an ISO time')
    .option('--last <n>', 'only the last n of them')
    .option('--keep <what>', 'of prune: how long, 30d, or how many runs, 100, to keep')
    .option('--dry-run', 'of prune: remove nothing, only list what would be removed')
    .option('--json', 'print JSON: an array of runs; of prune an object')
    .addHelpText('after', HELP);
}

const HELP = `
The latest run stands last. Read one by \`barometer report RUN\`.

\`runs prune\` removes journals with their service times. It never removes the latest run, the
baseline, a run in progress, or the recording of a live session.

Examples:
  barometer runs --strategy sma-cross --verdict analysis --since 7d
  barometer runs baseline latest
  barometer diff baseline latest
  barometer runs prune --keep 30d --dry-run`;

async function run({ args, options, io }: Call): Promise<number> {
  const request = readOptions(schema, options);
  const dir = directoryFor(io, request.dir);
  const [action, name, ...others] = args;
  if (others.length > 0) throw new UsageError(`too many arguments: ${others.join(' ')}`);
  if (action !== 'prune' && (request.keep !== undefined || request.dryRun)) {
    throw new UsageError(`--${request.dryRun ? 'dry-run' : 'keep'}: is for barometer runs prune`);
  }
  if (action === undefined) await list(request, dir, io);
  else if (action === 'prune' && name === undefined) await prune(request, dir, io);
  else if (action === 'baseline') choose(name, dir, io);
  else throw new UsageError(`${args.join(' ')}: write prune, or baseline with a run`);
  return EXIT.done;
}

async function list(request: Request, dir: string, { stdout }: Io): Promise<void> {
  const paths = journalsIn(dir).map((path) => resolve(path));
  const latest = latestIn(dir);
  const baseline = namedIn(dir, 'baseline');
  const named = [baseline, latest].flatMap((path) => (path === undefined ? [] : resolve(path)));
  // A journal with its own path is known only by its name.
  const all = new Set([...paths, ...named]);
  const runs: RunEntry[] = [];
  // One after another: each may take a few megabytes.
  for (const path of all) {
    const isBaseline = baseline !== undefined && path === resolve(baseline);
    const entry = await runEntryOf(relative('', path), isBaseline);
    if (isListed(entry, request)) runs.push(entry);
  }
  const shown = request.last === undefined ? runs : runs.slice(-request.last);
  if (request.json) stdout.write(`${terminalJson(shown, 2)}\n`);
  else if (shown.length > 0) stdout.write(`${renderRuns(shown)}\n`);
  else if (all.size === 0) stdout.write(`No run has left a journal in ${terminalText(dir)}.\n`);
  else
    stdout.write(`None of the ${counted(all.size, 'run')} in ${terminalText(dir)} is like that.\n`);
}

async function prune({ keep, dryRun, json }: Request, dir: string, { stdout }: Io): Promise<void> {
  if (keep === undefined) {
    throw new UsageError('runs prune: say what stays with --keep 30d or --keep 100');
  }
  const { removed, kept: left } = await pruneRuns(dir, keep, { dryRun });
  const bytes = removed.reduce((sum, run) => sum + run.bytes, 0);
  if (json) {
    const runs = removed.map(({ id, path, wall, bytes: size }) => ({
      id,
      path,
      startedAt: new Date(wall).toISOString(),
      bytes: size,
    }));
    const printed = { schema: 1, dryRun, removed: runs, bytes, kept: left };
    stdout.write(`${terminalJson(printed, 2)}\n`);
    return;
  }
  const what = `${counted(removed.length, 'run')}, ${grouped(bytes)} bytes; ${grouped(left)} stay`;
  const lines = [
    `${dryRun ? 'Would remove' : 'Removed'} ${what}${removed.length === 0 ? '.' : ':'}`,
    ...removed.map(({ id, wall }) => `  ${terminalText(id)}  ${new Date(wall).toISOString()}`),
  ];
  stdout.write(`${lines.join('\n')}\n`);
}

function choose(name: string | undefined, dir: string, { stdout }: Io): void {
  if (name === undefined) {
    const baseline = findRun('baseline', dir);
    stdout.write(`The baseline is ${terminalText(baseline)}.\n`);
    return;
  }
  const path = findRun(name, dir);
  pointAt('baseline', dir, path);
  stdout.write(`The baseline is ${terminalText(path)} now.\n`);
}

export const runsCommand: CommandModule = { define, run };
