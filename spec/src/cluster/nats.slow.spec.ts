import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ResultRow } from '../../../src/cluster';
import { TASKS } from '../../../src/cluster/nats/subjects';
import type { Report } from '../../../src/report';
import { openNats } from '../../../streams/nats/openNats';
import { randomOf, repetitions, SEED } from '../../faults/moments';
import { bench } from '../../faults/processes';
import type { Ended, Running } from '../../faults/processes';
import { itWith } from '../../support/itWith';
import { startNats } from '../../support/natsServer';
import type { NatsServer } from '../../support/natsServer';

const { path, file, start, run } = bench();
const withServer = itWith('nats-server');

jest.setTimeout(600_000);

/** Seconds without a sign of life after which the server gives a task to another worker. */
const ACK_WAIT = 2;

let nats: NatsServer;
beforeAll(async () => {
  mkdirSync(path('modules'));
  const lines = ['symbol,time,price,size'];
  for (let i = 0; i < 900; i += 1) {
    lines.push(`${'AB'[i % 2] ?? ''},${1_704_186_000_000 + i * 1_000},${100 + (i % 17)},1`);
  }
  file('ticks.csv', `${lines.join('\n')}\n`);
  if (withServer === it) nats = await startNats();
});
afterAll(async () => {
  if (withServer === it) await nats.stop();
});

const moduleOf = (name: string, code: string): string => {
  writeFileSync(join(path('modules'), name), code);
  return `modules/${name}`;
};

interface Swept {
  readonly tasks: readonly ResultRow[];
  readonly failed: readonly { readonly task: string; readonly why: string }[];
  readonly report: Report;
}

const sweeping = (...options: readonly string[]): readonly string[] => [
  ...['sweep', 'ticks.csv', '--by', 'symbol', '--bars', '1s', '--json', ...options],
];
const overNats = (out: string, ...options: readonly string[]): readonly string[] =>
  sweeping('--nats', nats.url, '--modules', 'modules', '--out', out, ...options);

const startWorker = (...options: readonly string[]): Running =>
  start([
    ...['worker', '--nats', nats.url, '--modules', 'modules'],
    ...['--slots', '1', '--ack-wait', String(ACK_WAIT), ...options],
  ]);

const sweptBy = ({ stdout, stderr }: Ended): Swept => {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Swept;
};

async function ended({ child, ended: over }: Running, signal: NodeJS.Signals): Promise<Ended> {
  child.kill(signal);
  return over;
}

/** Waits until so many tasks wait for workers. */
async function queued(count: number): Promise<void> {
  const { manager, close } = await openNats(nats.url);
  const waiting = async (): Promise<number> => {
    const { state } = await manager.streams.info(TASKS);
    return state.messages;
  };
  while ((await waiting().catch(() => 0)) < count) await wait(50);
  await close();
}

/** What does not depend on how long anything took. */
const counted = ({ run: { mergedOf }, bars, signals, edges, stages }: Report) => ({
  mergedOf,
  bars,
  signals,
  delivered: Object.values(edges).map(({ delivered }) => delivered),
  strategies: Object.entries(stages.analysis.strategies).map(([name, one]) => [name, one.items]),
});

withServer('workers give what processes of this machine give', async () => {
  const strategies = ['--strategy', 'sma-cross:fast=2..4,slow=5'];
  const alone = sweptBy(await run(sweeping('--out', 'processes', ...strategies)));
  const worker = startWorker();
  const swept = sweptBy(await run(overNats('workers', ...strategies)));
  await ended(worker, 'SIGTERM');
  expect(swept.failed).toEqual([]);
  expect(counted(swept.report)).toEqual(counted(alone.report));
  const merged = await run(['merge', 'workers', '--json']);
  expect(counted(JSON.parse(merged.stdout) as Report)).toEqual(counted(alone.report));
});

withServer(
  `workers are killed, the server restarts twice, every task is submitted twice: totals are exact (seed ${SEED})`,
  async () => {
    const kills = repetitions(4, 50);
    const random = randomOf(SEED);
    const strategies = ['--strategy', 'sma-cross:fast=2..5,slow=7', '--strategy', 'busy:us=1500'];
    const undisturbed = sweptBy(await run(sweeping('--out', 'undisturbed', ...strategies)));
    const many = ['--attempts', '1000', '--quiet'];
    const workers = [startWorker(...many), startWorker(...many)];
    let killed = 0;
    let restarts = 0;
    for (let round = 0; killed < kills || restarts < 2; round += 1) {
      const twice = ['one', 'other'].map((who) =>
        start(overNats(join(`${who} submitter`, `killed${round}`), ...strategies)),
      );
      let isOver = false;
      const both = Promise.all(twice.map(({ ended: over }) => over)).then((all) => {
        isOver = true;
        return all;
      });
      while (!isOver && (killed < kills || restarts < 2)) {
        await Promise.race([wait(500 + random() * 3_000), both]);
        if (isOver) break;
        const victim = workers.shift() as Running;
        await ended(victim, 'SIGKILL');
        killed += 1;
        workers.push(startWorker(...many));
        if (restarts < 2 && random() < 0.5) {
          restarts += 1;
          await nats.restart();
        }
      }
      for (const one of await both) {
        const { failed, report } = sweptBy(one);
        expect(failed).toEqual([]);
        expect(counted(report)).toEqual(counted(undisturbed.report));
      }
    }
    console.info(`${killed} workers killed, ${restarts} restarts of the server`);
    for (const worker of workers) await ended(worker, 'SIGKILL');
  },
);

withServer('a task that takes longer than the server waits is handed out once', async () => {
  // Its thread is busy throughout; the main one says that it is alive.
  const long = moduleOf(
    'long.js',
    `module.exports = () => ({ name: 'long', onBar() {
       if (this.isDone) return;
       this.isDone = true;
       const until = performance.now() + ${ACK_WAIT * 3_000};
       while (performance.now() < until);
     } });`,
  );
  const workers = [startWorker(), startWorker()];
  const swept = sweptBy(await run(overNats('long', '--symbols', 'A', '--strategy', `./${long}`)));
  const said = await Promise.all(workers.map((worker) => ended(worker, 'SIGTERM')));
  expect(swept.tasks).toHaveLength(1);
  const lines = said.flatMap(({ stderr }) => stderr.trim().split('\n').filter(Boolean));
  expect(lines).toEqual([expect.stringMatching(/^done in [^,]*: A-long/)]);
});

withServer(
  'a task that always fails is named after its attempts, and the others are done',
  async () => {
    const broken = moduleOf(
      'broken.js',
      `module.exports = ({ at }) => {
       if (at === 2) throw new Error('no such thing');
       return { name: 'b', onBar() {} };
     };`,
    );
    const worker = startWorker('--attempts', '2');
    const result = await run(overNats('poison', '--strategy', `./${broken}:at=1..2`));
    const { stderr } = await ended(worker, 'SIGTERM');
    const { tasks, failed } = sweptBy(result);
    expect([result.code, tasks.length, failed.length]).toEqual([1, 2, 2]);
    expect(failed[0]?.why).toContain('given up after 2 attempts');
    expect(failed[0]?.why).toContain('no such thing');
    expect(result.stderr).toContain('at=2');
    expect(stderr.match(/^failed .*no such thing/gm)).toHaveLength(2);
  },
);

withServer('a task that ends its workers is named, too', async () => {
  const deadly = moduleOf(
    'deadly.js',
    `module.exports = { name: 'deadly', onBar() { process.kill(process.pid, 'SIGKILL'); } };`,
  );
  let isOver = false;
  const supervisor = (async () => {
    while (!isOver) await startWorker('--attempts', '2', '--idle', '3').ended;
  })();
  const result = await run(overNats('deadly', '--symbols', 'A', '--strategy', `./${deadly}`));
  isOver = true;
  await supervisor;
  const { failed } = sweptBy(result);
  expect([result.code, failed.length]).toEqual([1, 1]);
  expect(failed[0]?.why).toContain('ended without an answer');
});

withServer('a strategy that never returns does not keep its slot', async () => {
  const endless = moduleOf('endless.js', `module.exports = { name: 'e', onBar() { for (;;); } };`);
  const worker = startWorker('--attempts', '1');
  const options = ['--stage-timeout', '1', '--symbols', 'A'];
  const { failed } = sweptBy(
    await run(overNats('endless', ...options, '--strategy', `./${endless}`)),
  );
  await ended(worker, 'SIGTERM');
  expect(failed[0]?.why).toContain('hangs');
});

withServer(
  'a sweep that was stopped goes on with what its tasks have left on the server',
  async () => {
    const options = ['--strategy', 'sma-cross:fast=2..3,slow=5'];
    const first = start(overNats('stopped', ...options));
    await queued(4);
    const stopped = await ended(first, 'SIGINT');
    expect(stopped.code).toBe(130);
    const worker = startWorker('--idle', '4');
    const { stderr } = await worker.ended;
    rmSync(path('stopped'), { recursive: true, force: true });
    const swept = sweptBy(await run(overNats('stopped', '--resume', ...options)));
    expect(swept.failed).toEqual([]);
    expect(swept.tasks).toHaveLength(4);
    expect(stderr.match(/^done /gm)).toHaveLength(4);
  },
);
