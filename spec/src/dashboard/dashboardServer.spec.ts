import { EventEmitter } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { WebSocket } from 'ws';
import { followJournal, startDashboard } from '../../../src/dashboard';
import type { FollowedJournal } from '../../../src/dashboard';
import { LatestUpdate } from '../../../src/dashboard/latestUpdate';
import type { Mark } from '../../../src/dashboard/mark';
import { sendUpdates } from '../../../src/dashboard/sendUpdates';
import type {
  Comparison,
  MomentView,
  RunInfo,
  Series,
  Update,
} from '../../../src/dashboard/protocol';
import { expositionOf } from '../../../src/export';
import { buildReport } from '../../../src/report';
import type { HttpServer } from '../../../src/server';
import { lineOf } from '../../../src/journal/journalLine';
import { folder, header, journalText, WALL } from '../journal/given';
import { SECOND } from '../metrics/given';
import { ask } from '../server/ask';
import { followed, HOSTILE, hostileRun } from './given';

const path = folder();
const opened: { close(): unknown }[] = [];
afterAll(async () => {
  for (const each of opened.reverse()) await each.close();
});

async function shown(journal: FollowedJournal | undefined): Promise<HttpServer> {
  if (journal === undefined) throw new Error('no journal');
  const address = { host: '127.0.0.1', port: 0 };
  const server = await startDashboard({ address, journal, directory: dirname(journal.path) });
  opened.push(journal, server);
  return server;
}

const json = async <T>({ address }: HttpServer, of: string): Promise<T> => {
  const { status, body, headers } = await ask(address, of);
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  return JSON.parse(body.toString()) as T;
};

describe('the dashboard of a run that is over', () => {
  let server: HttpServer;
  let journal: FollowedJournal;
  beforeAll(async () => {
    mkdirSync(path('over'), { recursive: true });
    writeFileSync(path('over/other.ndjson'), journalText(hostileRun(3), header({ run: 'other' })));
    writeFileSync(path('secret.ndjson'), journalText(hostileRun(3), header({ run: 'secret' })));
    journal = await followed(path('over/run.ndjson'), hostileRun(12));
    server = await shown(journal);
  });

  it('describes the run', async () => {
    const info = await json<RunInfo>(server, '/api/run');
    expect(info).toMatchObject({ id: HOSTILE, others: ['other'], hasTimings: false });
    expect(info.edges.map(({ name, thresholds }) => [name, thresholds.medium])).toEqual([
      ['coordinator-processor', 0.05],
      [SECOND, 0.1],
    ]);
  });

  it('has the report of every window', async () => {
    const { to, seq } = await json<Series>(server, '/api/series');
    for (const [index, at] of to.entries()) {
      const moment = await json<MomentView>(server, `/api/at/${at}`);
      const state = journal.timeline.marks[index]?.state;
      expect([moment.at, moment.seq]).toEqual([at, seq[index]]);
      expect(moment.state).toBe('running');
      expect(moment.report).toEqual(JSON.parse(JSON.stringify(state && buildReport(state))));
    }
    const head = await json<MomentView>(server, '/api/at/head');
    expect([head.state, head.report.edges[SECOND]?.behind]).toEqual(['done', '24']);
  });

  it('has counts with all digits', async () => {
    const { timeline } = journal;
    const [mark] = timeline.marks;
    if (mark === undefined) throw new Error('no window');
    const edge = { ...mark.state.edges[SECOND], delivered: 2n ** 53n + 1n };
    const state = { ...mark.state, edges: { ...mark.state.edges, [SECOND]: edge } };
    const { to, seq, wall } = mark;
    jest.spyOn(timeline, 'markAt').mockReturnValueOnce({ to, seq, wall, state } as Mark);
    const moment = await json<MomentView>(server, '/api/at/1');
    expect(moment.report.edges[SECOND]?.delivered).toBe('9007199254740993');
  });

  it('answers Prometheus too', async () => {
    const { body, headers } = await ask(server.address, '/metrics');
    expect(headers['content-type']).toContain('version=0.0.4');
    expect(body.toString()).toBe(expositionOf(journal.timeline.state));
  });

  it('compares with a run of its folder', async () => {
    const { diff, series } = await json<Comparison>(server, '/api/compare?with=other');
    expect([diff.before.id, series.seq.length]).toEqual(['run-1', 3]);
  });

  it.each([
    '/api/compare',
    '/api/compare?with=../secret',
    '/api/compare?with=secret',
    '/api/at/x',
    '/api/at/0',
    '/api/at/-1',
    '/api/at/',
    '/api/heat?edge=__proto__',
    '/api/capacity',
    '/page.js/..%2f..%2fpackage.json',
    '/run.ndjson',
  ])('has nothing at %s', async (of) => {
    expect((await ask(server.address, of)).status).toBe(404);
  });

  it('serves a page of three files, which name no other place', async () => {
    const { body } = await ask(server.address, '/');
    const page = body.toString();
    expect(page.match(/(src|href)="\/[^"]*"/g)).toEqual(['href="/page.css"', 'src="/page.js"']);
    for (const file of ['/page.css', '/page.js']) {
      expect((await ask(server.address, file)).status).toBe(200);
    }
  });

  it('opens its socket to its own page alone', async () => {
    const { port } = server.address;
    const statusFor = (origin: string | undefined, of = '/api/live') =>
      new Promise((resolve) => {
        const options = origin === undefined ? {} : { origin };
        new WebSocket(`ws://127.0.0.1:${port}${of}`, options)
          .on('open', function () {
            this.terminate();
            resolve('open');
          })
          .on('unexpected-response', (_request, { statusCode }) => {
            resolve(statusCode);
          })
          .on('error', () => {
            resolve('error');
          });
      });
    expect(await statusFor(`http://127.0.0.1:${port}`)).toBe('open');
    expect(await statusFor('http://evil.example')).toBe(403);
    expect(await statusFor(undefined)).toBe(403);
    expect(await statusFor(`http://127.0.0.1:${port}`, '/other')).toBe('error');
  });
});

describe('the dashboard of a run in progress', () => {
  /** Updates of a page, until one fits. */
  async function updatesUntil(server: HttpServer, fits: (update: Update) => boolean) {
    const { port } = server.address;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, {
      origin: `http://127.0.0.1:${port}`,
    });
    const updates: Update[] = [];
    await new Promise<void>((done) => {
      socket.on('message', (data: Buffer) => {
        const update = JSON.parse(data.toString()) as Update;
        updates.push(update);
        if (fits(update)) done();
      });
    });
    socket.terminate();
    return updates;
  }

  it('follows the journal as it grows', async () => {
    const events = hostileRun(6);
    const file = path('grows.ndjson');
    writeFileSync(file, journalText(events.slice(0, -12)));
    const server = await shown(await followJournal(file));
    const all = updatesUntil(server, ({ head }) => head.state === 'done');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const rest = events.slice(-12).map((event, i) => {
      const seq = events.length - 12 + i + 1;
      return lineOf(seq, WALL + seq * 1000, event);
    });
    appendFileSync(file, rest.join(''));
    const updates = await all;
    expect(updates[0]?.head.state).toBe('running');
    const last = updates.at(-1);
    expect(last?.head.seq).toBe(events.length);
    // What came before is not sent again.
    expect(last?.series.first).toBeGreaterThan(0);
    expect((last?.series.first ?? 0) + (last?.series.seq.length ?? 0)).toBe(6);
  });

  it('says that it was interrupted when its process is gone', async () => {
    const file = path('killed.ndjson');
    const gone = header({ pid: 2 ** 22 + 7 });
    writeFileSync(file, journalText(hostileRun(4).slice(0, -1), gone));
    const server = await shown(await followJournal(file));
    const updates = await updatesUntil(server, ({ head }) => head.state === 'interrupted');
    expect(updates.at(-1)?.head.report.run.outcome).toBe('interrupted');
    const metrics = (await ask(server.address, '/metrics')).body.toString();
    expect(metrics).toContain('barometer_run_state{state="interrupted"} 1');
  });
});

describe('a page that does not read', () => {
  it('has nothing queued for it, and gets the latest state when it reads again', async () => {
    const file = path('unread.ndjson');
    const events = hostileRun(40);
    writeFileSync(file, journalText(events.slice(0, 12)));
    const journal = await followJournal(file);
    if (journal === undefined) throw new Error('no journal');
    const sent: string[] = [];
    const socket = Object.assign(new EventEmitter(), {
      OPEN: 1,
      readyState: 1,
      bufferedAmount: 0,
      send: (text: string) => sent.push(text),
    });
    sendUpdates(socket as unknown as WebSocket, journal, new LatestUpdate(journal));
    expect(sent).toHaveLength(1);
    socket.bufferedAmount = 1;
    const rest = events.slice(12).map((event, i) => lineOf(i + 13, WALL + i * 1000, event));
    appendFileSync(file, rest.join(''));
    await journal.done;
    expect(sent).toHaveLength(1);
    socket.bufferedAmount = 0;
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const update = JSON.parse(sent[1] ?? '') as Update;
    expect([update.head.seq, update.head.state]).toEqual([events.length, 'done']);
    socket.emit('close');
    journal.close();
  });
});
