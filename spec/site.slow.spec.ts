import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entries } from './support/entries.cjs';

const checkout = join(__dirname, '..');

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: checkout, encoding: 'utf8', stdio: 'pipe' });

test('npm run docs builds guides and API, and every link leads somewhere', () => {
  expect(run('npm', 'run', '--silent', 'docs')).toMatch(/\d{4,} links in \d+ pages, 0 broken\n$/);
  for (const page of ['documents/docs_architecture.html', 'documents/CONTRIBUTING.html']) {
    expect(existsSync(join(checkout, 'site', page))).toBe(true);
  }
  for (const { name } of entries) {
    const page = `modules/${name.replaceAll('/', '_')}.html`;
    expect([name, existsSync(join(checkout, 'site', page))]).toEqual([name, true]);
  }
}, 300_000);

test.each([
  ['a file that is not there', '<a href="none.html">x</a>', 'none.html: no such file'],
  ['an anchor that is not there', '<a href="#none">x</a>', '#none: no such anchor'],
])('a link to %s is found', (_title, html, fault) => {
  const site = mkdtempSync(join(tmpdir(), 'site-'));
  writeFileSync(join(site, 'index.html'), html);
  try {
    expect(() => run(process.execPath, 'spec/support/checkSite.cjs', site)).toThrow(fault);
  } finally {
    rmSync(site, { recursive: true });
  }
});
