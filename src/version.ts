import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the nearest package.json above a folder. */
function versionAbove(folder: string): string {
  const path = join(folder, 'package.json');
  if (existsSync(path)) {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: string };
    if (version !== undefined) return version;
  }
  const parent = dirname(folder);
  return parent === folder ? 'unknown' : versionAbove(parent);
}

/** Our own version, built or not. */
export const packageVersion = (): string => versionAbove(__dirname);

/** What a run was made with. */
export function versions(): Readonly<Record<string, string>> {
  return {
    barometer: packageVersion(),
    node: process.versions.node,
    rxjs: versionAbove(dirname(require.resolve('rxjs'))),
  };
}
