import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../src/cli/commands';
import { EXIT, EXIT_CODES } from '../../../src/cli/exitCodes';
import { SIGNAL_CODES } from '../../../src/cli/interrupts';
import { barometer } from './barometer';

describe('exit codes', () => {
  const table = EXIT_CODES.map(([, code, meaning]) => [code, meaning] as const);

  it('are all in the help of the program, and no others', async () => {
    const { stdout } = await barometer(['--help']);
    const lines = stdout.slice(stdout.indexOf('Exit codes:')).trimEnd().split('\n').slice(1);
    expect(lines).toEqual(table.map(([code, text]) => `  ${String(code).padEnd(3)}  ${text}`));
  });

  it.each(COMMANDS.map(({ name }) => name))('are all in the help of %s', async (command) => {
    const { stdout } = await barometer([command, '--help']);
    for (const [code, text] of table) expect(stdout).toContain(`  ${code}`.padEnd(5) + `  ${text}`);
  });

  it('are the table of docs/robustness.md', () => {
    const text = readFileSync(join(__dirname, '../../../docs/robustness.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (\d+) \| (.*) \|$/gm)];
    expect(rows.map(([, code, meaning]) => [Number(code), meaning])).toEqual(table);
  });

  it('of signals are 128 and the number of the signal', () => {
    expect(SIGNAL_CODES).toMatchObject({ SIGHUP: 128 + 1, SIGINT: 128 + 2, SIGTERM: 128 + 15 });
    expect(EXIT).toMatchObject({ done: 0, failed: 1, usage: 2, input: 3, requirement: 4 });
  });
});
