import { cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Of the minute before the run: what else the machine was doing. */
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** The machine, and the versions of everything that was measured. */
export function machine(packages: readonly string[]): Machine {
  const versions: Record<string, string> = {};
  for (const name of packages) versions[name] = versionOf(name);
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    versions,
  };
}

/** From the manifest itself: not every package lets one import it. */
function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const manifest = readFileSync(join(folder, name, 'package.json'), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed: run npm ci in bench/`);
}
