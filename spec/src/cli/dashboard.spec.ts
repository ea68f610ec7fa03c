import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { cli } from '../../../src/cli/cli';
import { header, journalText } from '../journal/given';
import { hostileRun } from '../dashboard/given';
import { barometer, folder, TICKS } from './barometer';
import { TextStream } from './textStream';

const { file, path } = folder();
const journal = (name = 'run.ndjson'): string =>
  file(name, journalText(hostileRun(5), header({ run: name })));

/** A dashboard in this process, until its signals say so. */
async function started(...more: string[]) {
  const [stdout, stderr] = [new TextStream(false), new TextStream(false)];
  const signals = new EventEmitter();
  const argv = ['dashboard', journal(), '--port', '0', ...more];
  const code = cli(argv, { stdout, stderr, env: {}, signals, exit: () => undefined });
  for (let i = 0; i < 1000 && stdout.text === ''; i += 1) await wait(5);
  return { code, signals, text: stdout.text, url: /http:\S+/.exec(stdout.text)?.[0] ?? '' };
}

describe('barometer dashboard', () => {
  it('says where it is, and serves until Ctrl-C', async () => {
    const { code, signals, text, url } = await started();
    expect(text).toMatch(/^Dashboard of run\.ndjson: http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect((await fetch(url)).status).toBe(200);
    signals.emit('SIGINT');
    expect(await code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('writes one file, and ends', async () => {
    const out = path('report.html');
    const { code, stdout, stderr } = await barometer(['dashboard', journal(), '--out', out]);
    expect([code, stdout, stderr]).toEqual([0, '', '']);
    const html = readFileSync(out, 'utf8');
    expect(html).toContain("default-src 'none'; script-src 'sha256-");
    expect(html).not.toContain('src="/page.js"');
    expect(html).not.toContain('onerror');
  });

  it('writes another run beside it', async () => {
    const other = journal('other.ndjson');
    const argv = ['dashboard', journal(), '--out', path('two.html'), '--with', other];
    expect((await barometer(argv)).code).toBe(0);
  });

  it.each([
    [['--host', '0.0.0.0'], 2, 'others can reach 0.0.0.0: give a token'],
    [['--host', '0.0.0.0', '--token', 'short'], 2, 'at least 22 letters'],
    [['--port', '65536'], 2, 'a whole number from 0 to 65535'],
    [['--host', 'a b'], 2, 'a host name or an IP address'],
    [['--out', 'no-such-folder/x.html'], 2, 'no-such-folder'],
  ])('refuses %j', async (options, code, said) => {
    const printed = await barometer(['dashboard', journal(), ...options]);
    expect([printed.code, printed.stderr]).toEqual([code, expect.stringContaining(said)]);
  });

  it('has no run to show where there is none', async () => {
    const { code, stderr } = await barometer(['dashboard', 'no-such-run']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('no-such-run')]);
  });

  it('is no option of a run without a journal', async () => {
    const argv = ['replay', file('ticks.csv', TICKS)];
    const { code, stderr } = await barometer([...argv, '--journal', 'none', '--dashboard']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--journal none leaves none')]);
  });
});
