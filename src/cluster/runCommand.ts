import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** How one task ended. */
export interface Ended {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it said. */
  readonly message: string;
}

/** How the command line is started: the program, and what stands before a command's arguments. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** Tells a child that it ends when its parent does. */
export const CHILD = 'BAROMETER_CHILD';

/** Characters of a child's output that are kept. */
const KEPT = 4_096;

/** Starts a command in its own process, which ends when this one does, however that happens. */
export function runCommand(
  { file, args }: Program,
  command: readonly string[],
): { readonly ended: Promise<Ended>; readonly stop: () => void } {
  let said = '';
  const child: ChildProcess = spawn(file, [...args, ...command], {
    // The channel closes when this process is gone, even by kill -9: the child hears of it.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, [CHILD]: '1' },
    windowsHide: true,
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT);
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, signal: null, message: error.message });
    });
    child.once('close', (code, signal) => {
      resolve({ code, signal, message: said.trim().split('\n').at(-1) ?? '' });
    });
  });
  return {
    ended,
    stop: () => {
      child.kill('SIGTERM');
    },
  };
}
