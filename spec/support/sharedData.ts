import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(
  process.env['BAROMETER_SHARED_DATA'] ?? resolve(__dirname, '../../../shared/data'),
);

/** Absolute path of a file among the recorded files that lie beside the checkout, not in it. */
export function sharedData(name: string): string {
  return resolve(folder, name);
}

/**
 * A `describe` whose tests read recorded files. Where these are not at hand, one skipped test
 * stands for all of them, and says so loudly; where somebody said where they are and they are not,
 * that is an error.
 */
export function describeWithSharedData(title: string, body: () => void): void {
  if (existsSync(folder)) {
    describe(title, body);
    return;
  }
  if (process.env['BAROMETER_SHARED_DATA'] !== undefined) {
    throw new Error(`BAROMETER_SHARED_DATA names ${folder}, which does not exist`);
  }
  console.warn(
    `SKIPPED: "${title}" reads recorded files, and there is no folder ${folder}. ` +
      'Set BAROMETER_SHARED_DATA to where they are.',
  );
  test.skip(`${title} (the recorded files are not here)`, () => undefined);
}
