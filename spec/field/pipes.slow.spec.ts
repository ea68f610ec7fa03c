import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { folder } from '../src/cli/barometer';

const { path, file } = folder();
const CONVERT = 'node -r ts-node/register/transpile-only src/cli/main.ts convert';

describe('the standard input and pipes are read like files', () => {
  const rows = 'symbol,time,price,volume\nA,2024-01-02T00:00:01Z,1,1\nA,2024-01-02T00:00:02Z,2,1\n';

  test.each([
    ['the standard input', (input: string) => `cat '${input}' | ${CONVERT} -`],
    ['a pipe with a name', (input: string) => `${CONVERT} <(cat '${input}')`],
  ])('%s', (_, command) => {
    const out = path('piped.out.csv');
    const input = file('piped.csv', rows);
    execFileSync('bash', ['-c', `${command(input)} --ticks --out '${out}'`], { stdio: 'pipe' });
    const prices = readFileSync(out, 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[2]);
    expect(prices).toEqual(['1', '2']);
  });
});
