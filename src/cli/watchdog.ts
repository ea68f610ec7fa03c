import { Worker } from 'node:worker_threads';

/** Ends the process when the main thread cannot, because a strategy never returns. */
export interface Watchdog {
  close(): void;
}

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
  const { workerData } = require('node:worker_threads') as { workerData: WatchdogData };
  const { writeSync } = require('node:fs') as typeof import('node:fs');
  const { Session } = require('node:inspector') as typeof import('node:inspector');
  /* eslint-enable @typescript-eslint/no-require-imports */
  interface SignalWrap {
    onsignal: (number: number) => void;
    start(number: number): number;
  }
  const { signals, graceMs, devNull } = workerData;
  process.noDeprecation = true;
  // `process.on` hears no signals in a worker; the binding underneath does.
  const { Signal } = (
    process as unknown as { binding(name: string): { Signal: new () => SignalWrap } }
  ).binding('signal_wrap');
  let first = 0;
  let isEnding = false;

  const end = (): void => {
    try {
      writeSync(2, 'barometer: the run does not respond; it is ended by the second signal\n');
    } catch {
      // Nobody reads it.
    }
    // The inspector reports on stderr that it waits for this session.
    const quiet = `fs.closeSync(2); fs.openSync(${JSON.stringify(devNull)}, 'w');`;
    const expression = `{ const fs = process.getBuiltinModule('node:fs'); try { ${quiet} } catch {} process.exit(${128 + first}); }`;
    const session = new Session();
    session.connectToMainThread();
    session.post('Runtime.evaluate', { expression });
    setTimeout(() => {
      process.kill(process.pid, 'SIGKILL');
    }, 3 * graceMs);
  };

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
