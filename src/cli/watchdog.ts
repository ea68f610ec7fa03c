import { Worker } from 'node:worker_threads';

/** Ends the process when the main thread cannot, because a strategy never returns. */
export interface Watchdog {
  /**
   * Has the main thread emit `HANG` when one call takes longer than this many milliseconds. Its listener
   * is called in the middle of that call, which goes on when it returns.
   *
   * @param cells numbers of calls begun and ended, shared
   */
  watchCalls(cells: Int32Array, timeoutMs: number): void;
  close(): void;
}

/** The event of the process; its argument makes stderr silent, which the inspector writes to at the end. */
export const HANG = 'barometer:hang';

const running = new Set<Worker>();

/** Resolves when no watchdog listens to signals any more. */
export async function stopWatchdogs(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}

interface WatchdogData {
  /** Signal numbers. */
  readonly signals: readonly number[];
  /** Milliseconds that the main thread has after the second signal. */
  readonly graceMs: number;
  readonly devNull: string;
}

/**
 * Starts a thread that hears the same signals. After the second one it has the main thread exit even
 * within an endless loop, through the inspector, so that `exit` listeners still remove partial files
 * and close the journal. A main thread that does not even do that is killed.
 */
export function startWatchdog(data: WatchdogData): Watchdog | undefined {
  try {
    // From source text: a worker from a file would load ts-node first in a checkout.
    const worker = new Worker(`(${watch.toString()})();`, {
      eval: true,
      workerData: data,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    // Without it, signals work as they do in any Node.js process.
    worker.on('error', () => undefined);
    worker.unref();
    running.add(worker);
    worker.on('exit', () => running.delete(worker));
    return {
      watchCalls: (cells, timeoutMs) => {
        worker.postMessage({ cells, timeoutMs });
      },
      close: () => {
        void worker.terminate();
      },
    };
  } catch {
    return undefined;
  }
}

/** Runs in the thread, from its source text: uses nothing from outside. */
function watch(): void {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const threads = require('node:worker_threads') as typeof import('node:worker_threads');
  const { writeSync } = require('node:fs') as typeof import('node:fs');
  const { spawn } = require('node:child_process') as typeof import('node:child_process');
  const { Session } = require('node:inspector') as typeof import('node:inspector');
  /* eslint-enable @typescript-eslint/no-require-imports */
  interface SignalWrap {
    onsignal: (number: number) => void;
    start(number: number): number;
  }
  const { signals, graceMs, devNull } = threads.workerData as WatchdogData;
  process.noDeprecation = true;
  // `process.on` hears no signals in a worker; the binding underneath does.
  const { Signal } = (
    process as unknown as { binding(name: string): { Signal: new () => SignalWrap } }
  ).binding('signal_wrap');
  let first = 0;
  let isEnding = false;

  /** Has the main thread do something now, in the middle of what it does. */
  const evaluate = (code: string): void => {
    const file = JSON.stringify(devNull);
    // The inspector reports on stderr that it waits for this session.
    const quiet = `() => { try { const fs = process.getBuiltinModule('node:fs'); fs.closeSync(2); fs.openSync(${file}, 'w'); } catch {} }`;
    const session = new Session();
    session.connectToMainThread();
    session.post('Runtime.evaluate', { expression: `{ const quiet = ${quiet}; ${code} }` });
  };

  const end = (): void => {
    try {
      writeSync(2, 'barometer: the run does not respond; it is ended by the second signal\n');
    } catch {
      // Nobody reads it.
    }
    // `process.exit` ends this thread first and waits for file operations, of which one may never
    // end: its own process kills what is left then.
    if (process.platform !== 'win32') {
      const seconds = Math.ceil((4 * graceMs) / 1000);
      spawn('sh', ['-c', `sleep ${seconds}; kill -9 ${process.pid}`], {
        detached: true,
        stdio: 'ignore',
      })
        .on('error', () => undefined)
        .unref();
    }
    evaluate(`quiet(); process.exit(${128 + first});`);
    setTimeout(() => {
      process.kill(process.pid, 'SIGKILL');
    }, 3 * graceMs);
  };

  threads.parentPort?.on(
    'message',
    ({ cells, timeoutMs }: { cells: Int32Array; timeoutMs: number }) => {
      let call = 0;
      let since = performance.now();
      const timer = setInterval(
        () => {
          const [begun, ended] = cells;
          const now = performance.now();
          if (begun === ended || begun !== call) {
            call = begun ?? 0;
            since = now;
          } else if (now - since >= timeoutMs) {
            clearInterval(timer);
            evaluate("process.emit('barometer:hang', quiet);");
          }
        },
        Math.max(10, Math.min(timeoutMs / 4, 250)),
      );
    },
  );

  for (const number of signals) {
    const signal = new Signal();
    signal.onsignal = () => {
      if (first === 0) {
        first = number;
        return;
      }
      if (isEnding) return;
      isEnding = true;
      setTimeout(end, graceMs);
    };
    signal.start(number);
  }
}
