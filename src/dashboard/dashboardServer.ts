import { requireOptional } from '../../streams/optionalPackage';
import { METRICS_PATH, scrapeAnswer } from '../export';
import { startHttpServer } from '../server';
import type { Address, Answer, HttpServer } from '../server';
import { pageAssets } from './assets';
import { capacityView } from './capacityView';
import { comparisonWith } from './comparison';
import type { FollowedJournal } from './followJournal';
import { heatOf } from './heat';
import { momentView } from './moment';
import { LatestUpdate } from './latestUpdate';
import type { CapacityView, MomentView } from './protocol';
import { journalOfRun, runInfo } from './runInfo';
import { sendUpdates } from './sendUpdates';
import { seriesOf } from './series';

interface DashboardOptions {
  readonly address: Address;
  readonly token?: string;
  readonly journal: FollowedJournal;
  /** The folder whose other runs may be compared. */
  readonly directory: string;
  /** Symbols with metrics of their own. */
  readonly exportSymbols?: number;
}

const LIVE_PATH = '/api/live';

const JSON_TYPE = 'application/json; charset=utf-8';

const json = (value: unknown): Answer => ({
  type: JSON_TYPE,
  body: JSON.stringify(value),
});

/** Shows a journal to browsers, and to Prometheus. Rejects as `startHttpServer` does. */
export async function startDashboard(options: DashboardOptions): Promise<HttpServer> {
  const { address, token, journal, directory, exportSymbols: symbols = 0 } = options;
  const { header, timeline } = journal;
  const remarks = (): string[] => journal.damaged.map(({ message }) => message);
  const latest = new LatestUpdate(journal);
  let capacity: { readonly seq: number; readonly view: CapacityView | undefined } | undefined;

  /** The state of everything due by a market time in epoch milliseconds. */
  function at(text: string): MomentView | undefined {
    const mark = /^-?\d{1,15}$/.test(text) ? timeline.markAt(Number(text) * 1000) : undefined;
    return mark && momentView(mark, { header, liveness: 'running', remarks: remarks() });
  }

  /** Computed once for what has been read; it takes a while. */
  function presentCapacity(): CapacityView | undefined {
    if (capacity?.seq !== timeline.seq) {
      capacity = { seq: timeline.seq, view: capacityView(journal) };
    }
    return capacity.view;
  }

  const answer = async ({ pathname, searchParams }: URL): Promise<Answer | undefined> => {
    const { html, script, style } = pageAssets();
    switch (pathname) {
      case '/':
        return { type: 'text/html; charset=utf-8', body: html };
      case '/page.js':
        return { type: 'text/javascript; charset=utf-8', body: script };
      case '/page.css':
        return { type: 'text/css; charset=utf-8', body: style };
      case METRICS_PATH:
        return scrapeAnswer(timeline.state, {
          symbols,
          isInterrupted: journal.liveness === 'interrupted',
        });
      case '/api/run':
        return json(runInfo(journal, timeline.state, directory));
      case '/api/series':
        return json(seriesOf(timeline.marks));
      case '/api/heat': {
        const edge = searchParams.get('edge') ?? '';
        return Object.hasOwn(timeline.state.edges, edge)
          ? json(heatOf(timeline.marks, edge))
          : undefined;
      }
      case '/api/capacity':
        return optional(presentCapacity());
      case '/api/compare': {
        const path = journalOfRun(directory, searchParams.get('with') ?? '');
        return path === undefined ? undefined : json(await comparisonWith(path, journal));
      }
      default:
        if (pathname === '/api/at/head') return { type: JSON_TYPE, body: latest.head() };
        return pathname.startsWith('/api/at/') ? optional(at(pathname.slice(8))) : undefined;
    }
  };

  const { WebSocketServer } = requireOptional(
    'ws',
    'The dashboard',
    () => require('ws') as typeof import('ws'),
  );
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true });
  const server = await startHttpServer({
    address,
    ...(token === undefined ? {} : { token }),
    answer,
    upgrade: (request, socket, head) => {
      if (request.url?.split('?')[0] !== LIVE_PATH) socket.destroy();
      else
        sockets.handleUpgrade(request, socket, head, (opened) =>
          sendUpdates(opened, journal, latest),
        );
    },
  });
  return {
    ...server,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await server.close();
    },
  };
}

const optional = (value: unknown): Answer | undefined =>
  value === undefined ? undefined : json(value);
