import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileOptions, PipelineOptions, ThreadsOptions } from '../../streams';
import { causeText } from '../../streams/causeText';
import { STAGE_TIMEOUT } from '../../streams/threads/threadsOptions';

/** A task as its thread takes it: plain data. */
export interface ThreadTask {
  readonly files: readonly string[];
  readonly reading: FileOptions;
  readonly options: Omit<PipelineOptions, 'strategies' | 'threads'> & {
    readonly threads?: Omit<ThreadsOptions, 'strategies'>;
  };
  /** As `--strategy` takes them. */
  readonly strategies: readonly string[];
}

export type FromTask =
  | { readonly type: 'calls'; readonly cells: Int32Array }
  | { readonly type: 'done'; readonly checkpoint: string }
  | { readonly type: 'failed'; readonly why: string };

export type ThreadOutcome =
  | { readonly checkpoint: string }
  /** Undefined where it was stopped. */
  | { readonly why: string | undefined };

const IS_SOURCE = extname(__filename) === '.ts';
const FILE = join(__dirname, `taskThread${extname(__filename)}`);
const TYPESCRIPT = 'ts-node/register/transpile-only';

/**
 * Runs a task in a thread, so that this one stays free. A call of a strategy that never returns ends the
 * task, and so does the signal.
 */
export function runInThread(task: ThreadTask, signal: AbortSignal): Promise<ThreadOutcome> {
  if (signal.aborted) return Promise.resolve({ why: undefined });
  return new Promise((resolve) => {
    const worker = new Worker(FILE, {
      workerData: task,
      execArgv: IS_SOURCE ? ['-r', createRequire(FILE).resolve(TYPESCRIPT)] : [],
    });
    let watching: NodeJS.Timeout | undefined;
    const end = (outcome: ThreadOutcome): void => {
      clearInterval(watching);
      signal.removeEventListener('abort', stop);
      resolve(outcome);
      void worker.terminate();
    };
    const stop = (): void => {
      end({ why: undefined });
    };
    signal.addEventListener('abort', stop);
    worker.on('message', (message: FromTask) => {
      if (message.type === 'done') end({ checkpoint: message.checkpoint });
      else if (message.type === 'failed') end({ why: message.why });
      else {
        watching = watchCalls(message.cells, task.options.stageTimeout, (ms) => {
          end({ why: `a strategy hangs: not done with a bar in ${ms} ms` });
        });
      }
    });
    worker.on('error', (error) => {
      end({ why: causeText(error) });
    });
    worker.on('exit', (code) => {
      end({ why: `its thread ended with exit code ${code}` });
    });
  });
}

/** Calls `onHang` when one call of a strategy takes longer than the timeout. */
function watchCalls(
  cells: Int32Array,
  timeoutMs: number = STAGE_TIMEOUT,
  onHang: (ms: number) => void,
): NodeJS.Timeout | undefined {
  if (timeoutMs === Infinity) return undefined;
  let call = 0;
  let since = performance.now();
  return setInterval(
    () => {
      const [begun = 0, ended] = cells;
      const now = performance.now();
      if (begun === ended || begun !== call) {
        call = begun;
        since = now;
      } else if (now - since >= timeoutMs) onHang(timeoutMs);
    },
    Math.max(10, Math.min(timeoutMs / 4, 250)),
  );
}
