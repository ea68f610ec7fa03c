import { EXIT } from './exitCodes';
import type { CallMonitor } from '../../streams/strategies/callMonitor';
import type { Io } from './io';
import { HANG } from './watchdog';

/** Signals that stop a run, and the exit code that says so. */
export const SIGNAL_CODES = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  SIGHUP: EXIT.hangup,
  /** Ctrl-Break; Windows alone sends it. */
  SIGBREAK: EXIT.interrupted,
} as const satisfies Partial<Record<NodeJS.Signals, number>>;

type StopSignal = keyof typeof SIGNAL_CODES;
const SIGNALS = Object.keys(SIGNAL_CODES) as StopSignal[];

export interface Interrupts {
  /** Whether a signal has asked to stop. */
  readonly isAsked: boolean;
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The exit code of the first signal. */
  readonly exitCode: number;
  /**
   * What stops cleanly; called at once where a signal came before.
   *
   * @param twice the second signal calls it once more, and the third ends the process
   */
  readonly stopWith: (stop: () => void, twice?: boolean) => void;
  /** What fails the run after an error that nobody caught: an exception in a timer, a rejected promise. */
  readonly failWith: (fail: (error: unknown) => void) => void;
  /**
   * Calls `onHang` in the middle of a call of a strategy that takes longer than this many milliseconds,
   * and ends the process after it.
   */
  readonly watchCalls: (monitor: CallMonitor, timeoutMs: number, onHang: () => void) => void;
  /** Stops listening. */
  readonly close: () => void;
}

/** Milliseconds that a command has after the first signal until it knows what to stop. */
const PATIENCE = 5_000;

/**
 * The first signal stops cleanly, the second one ends the process at once. Where the first one comes
 * while files or modules are still being opened, what they are for is stopped as soon as it begins.
 */
export function interrupts({ signals, exit, watchdog, stderr }: Io): Interrupts {
  let stop: (() => void) | undefined;
  let fail: ((error: unknown) => void) | undefined;
  let first: StopSignal | undefined;
  let stopsLeft = 0;
  let hang: ((quiet: () => void) => void) | undefined;
  let early: ReturnType<typeof setTimeout> | undefined;
  const aborting = new AbortController();
  const codeOf = (): number => SIGNAL_CODES[first ?? 'SIGINT'];
  const onSignal = (signal: StopSignal): void => {
    if (first !== undefined) {
      stopsLeft -= 1;
      if (stopsLeft >= 0) stop?.();
      else exit(codeOf());
      return;
    }
    first = signal;
    aborting.abort();
    if (stop !== undefined) stop();
    else
      early = setTimeout(() => {
        stderr.write('barometer: stopped before the run began; nothing was measured\n');
        exit(codeOf());
      }, PATIENCE);
  };
  const onUncaught = (error: unknown): void => {
    fail?.(error);
  };
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      onSignal(signal);
    };
    signals.on(signal, listener);
    return [signal, listener] as const;
  });
  const watching = watchdog?.();
  return {
    get isAsked() {
      return first !== undefined;
    },
    signal: aborting.signal,
    get exitCode() {
      return codeOf();
    },
    stopWith(stops, twice = false) {
      stop = stops;
      stopsLeft = twice ? 1 : 0;
      clearTimeout(early);
      if (first !== undefined) stops();
    },
    failWith(fails) {
      if (fail === undefined) signals.on('uncaughtException', onUncaught);
      fail = fails;
    },
    watchCalls({ cells }, timeoutMs, onHang) {
      if (watching === undefined || timeoutMs === Infinity) return;
      hang = (quiet) => {
        onHang();
        quiet();
        exit(EXIT.failed);
      };
      signals.on(HANG, hang);
      watching.watchCalls(cells, timeoutMs);
    },
    close() {
      clearTimeout(early);
      if (hang !== undefined) signals.off(HANG, hang);
      for (const [signal, listener] of listeners) signals.off(signal, listener);
      signals.off('uncaughtException', onUncaught);
      watching?.close();
    },
  };
}
