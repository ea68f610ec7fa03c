import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { TEMPLATES } from '../../../src/init/templates';
import { loadConfig } from '../../../src/config';
import { barometer, folder } from './barometer';

const { path } = folder();

test('init writes every file, and says what comes next', async () => {
  const { code, stdout, stderr } = await barometer(['init', path('new')]);
  expect([code, stderr]).toEqual([0, '']);
  for (const [name, text] of Object.entries(TEMPLATES)) {
    expect(stdout).toContain(`Wrote ${name}\n`);
    expect(readFileSync(path(`new/${name}`), 'utf8')).toBe(text());
  }
  expect(stdout).toMatch(/Next:\n {2}npm install\n {2}node .*\n {2}npx barometer check\n$/);
});

test('init leaves alone what exists', async () => {
  await barometer(['init', path('old')]);
  writeFileSync(path('old/barometer.config.ts'), 'mine');
  const { code, stdout } = await barometer(['init', path('old')]);
  expect(code).toBe(0);
  expect(stdout).toContain('Kept barometer.config.ts, which exists already\n');
  expect(stdout).not.toContain('Wrote');
  expect(readFileSync(path('old/barometer.config.ts'), 'utf8')).toBe('mine');
});

test('init says where it cannot write', async () => {
  writeFileSync(path('file'), '');
  const { code, stderr } = await barometer(['init', path('file')]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be written (E')]);
  expect(existsSync(path('file/package.json'))).toBe(false);
});

test('the configuration of init names options that exist', () => {
  // It imports the package, which here is the source.
  const text = (TEMPLATES['barometer.config.ts'] as () => string)();
  const source = text.replace("import { defineConfig } from 'barometer';", '');
  const file = path('barometer.config.ts');
  writeFileSync(file, `const defineConfig = (config: object): object => config;\n${source}`);
  expect(loadConfig(file, 'ci', path('.'))?.options).toMatchObject({
    derive: ['5m'],
    strategy: ['./strategies/momentum.ts:length=5'],
    passes: '3',
    reporter: ['text', 'github', 'junit=check.xml'],
  });
});
