import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Order } from './measure';
import { spawnRow } from './spawn';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 40;

/** Runs one row under V8's sampling profiler; where its own time went, most first. */
export async function profile(order: Order): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-profile-'));
  try {
    await spawnRow(order, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
    const [file = ''] = readdirSync(folder);
    return render(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function render({ nodes, samples, timeDeltas }: Profile): string {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName === '' ? '(anonymous)' : functionName} ${place(url, lineNumber)}`,
    ]),
  );
  const own = new Map<string, number>();
  let all = 0;
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    const took = timeDeltas[i] ?? 0;
    all += took;
    own.set(name, (own.get(name) ?? 0) + took);
  }
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, took]) => `${((100 * took) / all).toFixed(1).padStart(5)} %  ${name}`)
    .join('\n');
}

function place(url: string, line: number): string {
  if (!url.startsWith('file:')) return url;
  const path = relative(join(__dirname, '../../..'), new URL(url).pathname);
  return `${path.replace(/^.*node_modules\//, '')}:${line + 1}`;
}
