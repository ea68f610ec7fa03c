import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { cli } from '../../../src/cli/cli';
import { folder, TICKS } from './barometer';
import { TextStream } from './textStream';

const { file, path } = folder();

describe('barometer replay --dashboard', () => {
  it('shows the run from a process of its own, until Ctrl-C', async () => {
    const [stdout, stderr] = [new TextStream(false), new TextStream(false)];
    const signals = new EventEmitter();
    const env = { BAROMETER_DIR: path('child') };
    const argv = ['replay', file('ticks.csv', TICKS), '--speed', '600', '--json', '--dashboard'];
    const code = cli(argv, { stdout, stderr, env, signals, exit: () => undefined });
    const end = 'the dashboard stays until Ctrl-C';
    for (let i = 0; i < 5000 && !stderr.text.includes(end); i += 1) await wait(10);
    const [, url = ''] = /dashboard at (http:\S+)/.exec(stderr.text) ?? [];
    const { run } = JSON.parse(stdout.text) as { run: { id: string } };
    const info = (await (await fetch(`${url}api/run`)).json()) as { id: string };
    expect(info.id).toBe(run.id);
    signals.emit('SIGINT');
    expect(await code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  }, 60_000);
});
