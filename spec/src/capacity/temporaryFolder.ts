import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

/** Temporary files of each test of a spec go to a folder of their own; says what lies in it. */
export function temporaryFolder(): () => string[] {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(os.tmpdir(), 'barometer temporary '));
    jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => readdirSync(folder);
}
