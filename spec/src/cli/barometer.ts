import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from '../../../src/cli/cli';
import type { Io } from '../../../src/cli/io';
import { TextStream } from './textStream';

/** What a command printed and how it ended. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly env?: Io['env'];
  /** Whether stdout and stderr are terminals. */
  readonly isTTY?: boolean;
  /** Of the terminals: columns and rows. */
  readonly size?: readonly [columns: number, rows: number];
  readonly signals?: EventEmitter;
  readonly exit?: (code: number) => void;
}

let directory: string | undefined;

/** Where the journals of a spec's runs go: not into ours. */
function journals(): string {
  directory ??= mkdtempSync(join(tmpdir(), 'barometer runs '));
  return directory;
}

const clear = (): void => {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
};
// Some specs call the command line in a process of its own, outside of jest.
if ('afterAll' in globalThis) afterAll(clear);
else process.once('exit', clear);

/** Calls the command line within this process. */
export async function barometer(
  argv: readonly string[],
  around: Surroundings = {},
): Promise<Printed> {
  const { env: more = {}, isTTY = false, size = [], signals = new EventEmitter() } = around;
  const env = { BAROMETER_DIR: journals(), ...more };
  const stdout = new TextStream(isTTY, ...size);
  const stderr = new TextStream(isTTY, ...size);
  const exit = around.exit ?? (() => undefined);
  const code = await cli(argv, { stdout, stderr, env, signals, exit });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A folder for the files of a spec; its name has a space. */
export function folder(): {
  path: (name: string) => string;
  file: (name: string, text: string | Buffer) => string;
} {
  let root: string | undefined;
  const path = (name: string): string => {
    root ??= mkdtempSync(join(tmpdir(), 'barometer cli '));
    return join(root, name);
  };
  afterAll(() => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });
  return {
    path,
    file: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
  };
}

/** Two symbols, ten minutes of a tick every half second, in CSV. */
export const TICKS = [
  'time,symbol,price,size',
  ...Array.from({ length: 1200 }, (_, i) => {
    const price = (100 + ((i * 7919) % 211) / 100).toFixed(2);
    return `${1_700_000_040_000_000 + i * 500_000},${i % 2 === 0 ? 'AAA' : 'BBB'},${price},${1 + (i % 5)}`;
  }),
  '',
].join('\n');
