import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCli } from '../support/builtCli';

/** How a process ended and what it said. */
export interface Ended {
  /** The exit code; of a process that a signal ended, 128 and its number, as a shell has it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

interface Bench {
  readonly path: (name: string) => string;
  readonly file: (name: string, text: string) => string;
  readonly start: (argv: readonly string[], options?: SpawnOptions) => Running;
  readonly run: (argv: readonly string[], options?: SpawnOptions) => Promise<Ended>;
}

const NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** A folder of its own, in which the command line is started as a process. */
export function bench(): Bench {
  const root = mkdtempSync(join(tmpdir(), 'barometer faults '));
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });
  const path = (name: string): string => join(root, name);
  const start = (argv: readonly string[], options: SpawnOptions = {}): Running => {
    const child = spawn(process.execPath, [builtCli(), ...argv], {
      cwd: root,
      env: { ...process.env, BAROMETER_DIR: path('runs'), TMPDIR: root },
      ...options,
    });
    children.add(child);
    const said = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code, signal) => {
        children.delete(child);
        resolve({ code: code ?? 128 + (NUMBERS[signal ?? ''] ?? 0), ...said });
      });
    });
    return { child, ended };
  };
  return {
    path,
    file: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
    start,
    run: (argv, options) => start(argv, options).ended,
  };
}

/** Resolves when `isThere` says so; asks every few milliseconds. Rejects where the process ends before. */
export async function until(isThere: () => boolean, { child, ended }: Running): Promise<void> {
  while (!isThere()) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const { code, stderr } = await ended;
      throw new Error(`ended too early, with exit code ${code}: ${stderr}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
