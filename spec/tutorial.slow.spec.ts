import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtCli } from './support/builtCli';

const checkout = join(__dirname, '..');
const tutorial = readFileSync(join(checkout, 'docs/tutorial.md'), 'utf8');

/** A file to write, or a command with lines that it prints; `…` stands for lines that are not shown. */
type Step =
  | { readonly path: string; readonly text: string }
  | { readonly command: string; readonly lines: readonly string[] };

const steps: readonly Step[] = [
  ...tutorial.matchAll(/^```(console|ts) ?(\S*)\n([^]*?)^```$/gm),
].map(([, kind, path = '', text = '']): Step => {
  if (kind === 'ts') return { path, text };
  const [command = '', ...lines] = text.trimEnd().split('\n');
  return { command: command.replace(/^\$ /, ''), lines };
});

let project: string;
let bin: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'barometer tutorial '));
  const main = builtCli();
  const modules = join(project, 'node_modules');
  const built = join(main, '../../..');
  mkdirSync(join(modules, 'barometer'), { recursive: true });
  const manifest = {
    name: 'barometer',
    exports: { '.': './built/src/index.js', './testing': './built/src/testing/index.js' },
  };
  writeFileSync(join(modules, 'barometer/package.json'), JSON.stringify(manifest));
  symlinkSync(built, join(modules, 'barometer/built'));
  for (const name of ['jiti', 'rxjs']) {
    symlinkSync(join(checkout, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(project, 'package.json'), '{ "name": "my-strategies", "private": true }');
  // `npx barometer` is what was built.
  bin = join(project, 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\nshift\nexec '${process.execPath}' '${main}' "$@"\n`;
  writeFileSync(join(bin, 'npx'), script, { mode: 0o755 });
}, 120_000);
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

function printedBy(command: string): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: process.env['HOME'] },
  });
  return stdout + stderr;
}

/**
 * Measured figures, their units, and the grades and marks that follow from them differ from machine to
 * machine, and with its load; what the gate requires holds on all of them.
 */
const masked = (line: string): string =>
  line
    .replace(/\d{8}T\d{6,9}-[0-9a-f]{4}/g, 'RUN')
    .replace(/[\d.,]*\d(?: ?(?:[µnm]?s|min)\b|[kM]\b)?/g, '#')
    .replace(/ ?(⚠️ SLOW!|❌)/gu, '')
    .replace(/\b(OK|WARNING|CRITICAL!)(?=\))/g, 'MARK')
    .replace(/\b(perfect|low|medium|high)\b/g, 'GRADE')
    .replace(/^Verdict: \w+$/, 'Verdict: STAGE')
    .replace(/\s+/g, ' ')
    .trim();

/** Lines that are not printed, in the order in which they should be. */
function missingFrom(printed: string, lines: readonly string[]): readonly string[] {
  const found = printed.split('\n').map(masked);
  let from = 0;
  return lines
    .filter((line) => line !== '…')
    .filter((line) => {
      const at = found.indexOf(masked(line), from);
      if (at >= 0) from = at + 1;
      return at < 0;
    });
}

describe('the tutorial', () => {
  it('has commands and files', () => {
    expect(steps.filter((step) => 'command' in step).length).toBeGreaterThan(8);
    expect(steps.filter((step) => 'path' in step).map((step) => step)).toHaveLength(2);
  });

  it.each(steps.map((step) => ['path' in step ? step.path : step.command, step] as const))(
    '%s',
    (_name, step) => {
      if ('path' in step) {
        mkdirSync(dirname(join(project, step.path)), { recursive: true });
        writeFileSync(join(project, step.path), step.text);
        return;
      }
      const printed = printedBy(step.command);
      expect({ missing: missingFrom(printed, step.lines), printed }).toEqual({
        missing: [],
        printed,
      });
    },
    120_000,
  );
});

describe('a line of the tutorial', () => {
  it.each([
    ['Sustainable speed: 1,996×', 'Sustainable speed: 2,103.5×', true],
    ['Max: 0.12 ms', 'Max: 1.3 s', true],
    ['Max: 0.12 ms', 'Min: 0.12 ms', false],
    ['20240808T235415-1f3a  done', '20261130T063257-d2b5  done', true],
  ])('%s is that of %s: %s', (line, printed, isSame) => {
    expect(missingFrom(printed, [line]).length === 0).toBe(isSame);
  });

  it('is looked for behind the one before it', () => {
    expect(missingFrom('a\nb', ['b', 'a'])).toEqual(['a']);
  });
});
