import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = `${__dirname}/../../..`;
const SHOWN = 40;

/** Where a piece of work spent its time, by V8's sampling profiler: each function's own, most first. */
export async function profiled<T>(
  work: () => T | Promise<T>,
): Promise<{ result: T; profile: string }> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    const result = await work();
    const { profile } = await session.post('Profiler.stop');
    return { result, profile: render(profile) };
  } finally {
    session.disconnect();
  }
}

function render({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
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

function nameOf({ functionName, url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']) {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const path = url.startsWith('file:') ? relative(BUILT, fileURLToPath(url)) : url;
  return `${name}  ${path.replace(/^.*node_modules\//, '')}:${lineNumber + 1}`;
}
