import { spawn } from 'node:child_process';
import { extname, join, resolve } from 'node:path';

/** A dashboard in its own process: it takes no time from the process of the run. */
export interface DashboardChild {
  /** Where it listens; undefined where it could not. */
  readonly url: Promise<string | undefined>;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  close(): void;
}

/** The command line as this process runs it: built, or from a checkout. */
const EXTENSION = extname(__filename);
const FROM_SOURCE = EXTENSION === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
const CHECKOUT = join(__dirname, '../..');

/** Shows a journal on any free port. The child ends with this process, however that ends: its input is closed then. */
export function startDashboardChild(
  journal: string,
  directory: string,
  onError: (text: string) => void,
): DashboardChild {
  const argv = ['dashboard', resolve(journal), '--dir', resolve(directory), '--port', '0'];
  const child = spawn(
    process.execPath,
    [...FROM_SOURCE, join(__dirname, `main${EXTENSION}`), ...argv, '--until-stdin-ends'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Ctrl-C stops the run first.
      detached: true,
      ...(EXTENSION === '.ts' ? { cwd: CHECKOUT } : {}),
    },
  );
  let text = '';
  const ended = new Promise<void>((settle) => {
    child.on('error', ({ message }) => {
      onError(message);
      settle();
    });
    child.on('exit', () => {
      settle();
    });
  });
  const url = new Promise<string | undefined>((settle) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [found] = /http:\/\/\S+/.exec(text) ?? [];
      if (found !== undefined) settle(found);
    });
    void ended.then(() => {
      settle(undefined);
    });
  });
  child.stderr.on('data', (chunk: Buffer) => {
    onError(chunk.toString().trim());
  });
  child.stdin.on('error', () => undefined);
  return {
    url,
    ended,
    close: () => {
      child.stdin.end();
    },
  };
}
