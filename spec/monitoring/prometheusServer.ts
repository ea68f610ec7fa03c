import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/freePort';

/** A sample of an instant query: its labels, and its value as Prometheus writes it. */
export interface QueriedSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

export interface PrometheusServer {
  query(expr: string): Promise<readonly QueriedSample[]>;
  alerts(): Promise<readonly Alert[]>;
  stop(): Promise<void>;
}

/** Polls until there is something. */
export async function until<T>(
  find: () => Promise<T | undefined>,
  what: string,
  seconds = 60,
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const found = await find().catch(() => undefined);
    if (found !== undefined) return found;
    await wait(100);
  }
  throw new Error(`after ${seconds} s still not: ${what}`);
}

/** Debian's Prometheus, with a configuration of its own that scrapes these targets five times a second. */
export async function startPrometheus(
  targets: readonly string[],
  rules: string,
): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer prometheus '));
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    JSON.stringify({
      global: { scrape_interval: '200ms', scrape_timeout: '200ms', evaluation_interval: '500ms' },
      rule_files: [rules],
      scrape_configs: [{ job_name: 'barometer', static_configs: [{ targets }] }],
    }),
  );
  const port = await freePort();
  const root = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${root}${path}`);
    const body = (await response.json()) as { status: string; data: T; error?: string };
    if (body.status !== 'success') throw new Error(`${path}: ${body.error ?? body.status}`);
    return body.data;
  };
  await until(async () => ((await fetch(`${root}/-/ready`)).ok ? true : undefined), 'ready');
  return {
    query: async (expr) => {
      const path = `/api/v1/query?query=${encodeURIComponent(expr)}`;
      return (await get<{ result: QueriedSample[] }>(path)).result;
    },
    alerts: async () => (await get<{ alerts: Alert[] }>('/api/v1/alerts')).alerts,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
