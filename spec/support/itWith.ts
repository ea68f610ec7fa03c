import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `it` of a spec that needs a program of a Debian package. Where it is not installed the spec is
 * skipped, and says so; `.ci/run` installs every package of `.ci/packages`.
 */
export function itWith(program: string): jest.It {
  const folders = (process.env['PATH'] ?? '').split(':');
  if (folders.some((folder) => existsSync(join(folder, program)))) return it;
  console.warn(`SKIPPED: ${program} is not installed; see .ci/packages`);
  return it.skip;
}
