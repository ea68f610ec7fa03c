import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { meanByEsmOnlyPackage } from './esmOnly';

describe('a package that is an ES module only', () => {
  test('loads in jest', () => {
    expect(meanByEsmOnlyPackage()).toBe(2);
  });

  test('loads under ts-node', () => {
    const printed = execFileSync(
      process.execPath,
      ['-r', 'ts-node/register/transpile-only', 'spec/support/esmOnly.ts'],
      { cwd: join(__dirname, '../..'), encoding: 'utf8' },
    );
    expect(printed).toBe('2\n');
  });
});
