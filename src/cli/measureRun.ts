import { explainExit } from '../journal/exitHooks';
import type { Run } from '../replay';
import { renderText } from '../report';
import type { Report } from '../report';
import { terminalJson, terminalText } from '../report/terminalText';
import { checkOptions, StageFailure } from '../../streams';
import type { FileSource, RowSource, StrategyFactory } from '../../streams';
import { CallMonitor } from '../../streams/strategies/callMonitor';
import { STAGE_TIMEOUT } from '../../streams/threads/threadsOptions';
import {
  loadStrategies,
  modulesOf,
  UncaughtStrategyError,
  uncaughtStrategyError,
} from '../strategies';
import type { StrategyReference } from '../strategies';
import { CHILD } from '../cluster/runCommand';
import { brokenStrategies } from '../report/brokenStrategies';
import { nothingRead } from './nothingRead';
import type { ReplayRequest } from './commands/replayOptions';
import { EXIT } from './exitCodes';
import { exportRun } from './exportRun';
import type { ExportedRun } from './exportRun';
import { interrupts } from './interrupts';
import type { Interrupts } from './interrupts';
import { wantsColor, widthOf } from './io';
import type { Io } from './io';
import { openOutputs } from './outputs';
import { journalFilesOf, recordRun } from './recordRun';
import { setupOf } from './runSetup';
import { missingTicks, noteSources } from './sourceNotes';
import { watchRun } from './watchRun';

/** What a command that measures a run was asked to do. */
type RunRequest = Omit<ReplayRequest, 'files'> & Partial<Pick<ReplayRequest, 'files'>>;

/** What the options make of a run, no matter what its sources are. */
interface RunParts {
  readonly strategies: readonly (StrategyFactory | StrategyReference)[];
  readonly callMonitor?: CallMonitor;
  readonly recordTimings?: false;
}

interface OpenedRun {
  readonly running: Run;
  readonly sources: readonly (RowSource | FileSource)[];
  /** The first signal lets it come to its end, and the second one stops it. */
  readonly stopsTwice?: boolean;
}

/** Files that a run reads and writes besides those of the request. */
interface Files {
  readonly inputs: readonly string[];
  readonly outputs?: readonly string[];
  /** Bars say what they lack. */
  readonly isLive?: boolean;
  /** Command and its arguments, for the journal. */
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Measures a run: with its journal, its outputs and its report. Returns the exit code.
 *
 * @param open opens the sources and makes the run of them
 */
export async function measureRun(
  request: RunRequest,
  { inputs, outputs: written = [], isLive = false, command, args }: Files,
  io: Io,
  open: (parts: RunParts) => Promise<OpenedRun>,
): Promise<number> {
  const intervals = checkOptions(request.run).map(({ name }) => name);
  const taken = {
    inputs: [...inputs, ...modulesOf(request.strategies)],
    outputs: [...journalFilesOf(request.journal), ...written],
  };
  const outputs = openOutputs(request, taken, isLive);
  const setup = setupOf({ command, args, options: request.written, label: request.label });
  const interruption = interrupts(io);
  let exported: ExportedRun | undefined;
  try {
    const { threads } = request.run;
    const strategies =
      threads === undefined
        ? loadStrategies(request.strategies, intervals)
        : request.strategies.map((module) => ({ module }));
    const callMonitor = new CallMonitor();
    const {
      running,
      sources,
      stopsTwice = false,
    } = await open({
      ...(threads === undefined ? { callMonitor } : {}),
      ...(request.recordTimings ? {} : { recordTimings: false }),
      strategies,
    });
    exported = await exportRun(running, request.exporters, io);
    const made = { strategies: running.strategies, sources };
    const recorded = recordRun(
      running,
      { ...request, timings: running.timings, setup: await setup(made) },
      io,
    );
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
    const report = await finished(running, request, io, sources, interruption, stopsTwice)
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
    const files = sources.filter(isFile);
    if (!request.quiet) noteSources(files, io.stderr, { isReported: true });
    const useless = brokenStrategies(report);
    const missing = missingSymbols(report, request.run.symbols);
    const unmet = request.quiet ? [] : missingTicks(running.wishes, files);
    for (const text of [...remarks, ...useless, ...missing, ...unmet]) {
      io.stderr.write(`barometer: ${terminalText(text)}\n`);
    }
    const isRecorded = await recorded();
    if (failure !== undefined) throw failure;
    if (interruption.isAsked) return interruption.exitCode;
    // A task of a sweep may be a day without trade.
    const isTask = io.env[CHILD] === '1';
    const nothing =
      missing.length === 0 && !isTask
        ? await nothingRead(report, sources, request.files)
        : undefined;
    if (nothing !== undefined) io.stderr.write(`barometer: ${terminalText(nothing)}\n`);
    const isEmpty = !isTask && missing.length > 0 && report.run.symbols.length === 0;
    if (isEmpty || nothing !== undefined) return EXIT.input;
    const isUseless = useless.length > 0 && !request.allowErrors;
    return isRecorded && !isUseless ? EXIT.done : EXIT.failed;
  } finally {
    outputs.discard();
    await exported?.close(interruption.signal);
    interruption.close();
  }
}

function print(report: Report, { json }: RunRequest, { stdout, env }: Io): void {
  const look = { color: wantsColor(stdout, env), width: widthOf(stdout) };
  stdout.write(`${json ? terminalJson(report, 2) : renderText(report, look)}\n`);
}

/** Files have notes on how they were read. */
const isFile = (source: RowSource | FileSource): source is FileSource => 'notes' in source;

/** Failures after which what was measured until then is still worth a report. */
const isReported = (error: unknown): error is Error =>
  error instanceof StageFailure || error instanceof UncaughtStrategyError;

/** What was requested and is not in the files; a stopped run may not have come to it. */
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
  request: RunRequest,
  io: Io,
  sources: readonly RowSource[],
  interruption: Interrupts,
  stopsTwice: boolean,
) {
  const watching = watchRun(running, request, io, sources);
  try {
    running.start();
    interruption.stopWith(() => {
      running.stop();
    }, stopsTwice);
    return await running.done;
  } finally {
    watching.close();
  }
}
