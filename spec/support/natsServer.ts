import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort';

export interface NatsServer {
  readonly url: string;
  /** Ends it by kill -9 and starts it with what is on its disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real server with JetStream, Debian's, in a folder of its own. */
export async function startNats(...options: readonly string[]): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer nats '));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const flags = ['-js', '-sd', folder, '-a', '127.0.0.1', '-p', String(port), ...options];
    child = spawn('nats-server', flags, { stdio: 'ignore' });
    const until = Date.now() + 30_000;
    while (!(await answers(port))) {
      if (Date.now() > until) throw new Error('nats-server does not answer');
      await wait(20);
    }
  };
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    restart: async () => {
      await kill();
      await start();
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
