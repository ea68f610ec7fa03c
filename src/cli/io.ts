import type { EventEmitter } from 'node:events';
import type { Watchdog } from './watchdog';

/** A stream that text is written to; a terminal or not. */
export interface Out extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What a command touches of its process. */
export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits SIGINT, SIGTERM, SIGHUP, SIGBREAK and `uncaughtException`. */
  readonly signals: EventEmitter;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Watches the main thread while a command listens to signals. */
  readonly watchdog?: () => Watchdog | undefined;
}

/** Colors are for terminals, and for people who want them: https://no-color.org. */
export function wantsColor(out: Out, { NO_COLOR, TERM }: Io['env']): boolean {
  return out.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

/** Where text is broken into lines. */
export function widthOf({ isTTY, columns }: Out): number {
  return isTTY === true && columns !== undefined ? Math.min(120, Math.max(60, columns)) : 100;
}
