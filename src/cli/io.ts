import type { EventEmitter } from 'node:events';

/** A stream that text is written to; a terminal or not. */
export interface Out extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What a command touches of the process that it runs in. */
export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits SIGINT and SIGTERM. */
  readonly signals: EventEmitter;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

export const processIo: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signals: process,
  exit: (code) => process.exit(code),
};

/** Colours are for terminals, and for people who want them: https://no-color.org. */
export function wantsColor(out: Out, { NO_COLOR, TERM }: Io['env']): boolean {
  return out.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

/** Where text is broken into lines. */
export function widthOf({ isTTY, columns }: Out): number {
  return isTTY === true && columns !== undefined ? Math.min(120, Math.max(60, columns)) : 100;
}
