import type { MetricsState } from '../metrics';
import { startHttpServer } from '../server';
import type { Address, Answer, HttpServer } from '../server';
import { expositionOf, EXPOSITION_TYPE } from './exposition';
import type { MetricsOptions } from './metricRow';

export const METRICS_PATH = '/metrics';

/** The answer to a scrape. */
export const scrapeAnswer = (state: MetricsState, options: MetricsOptions): Answer => ({
  type: EXPOSITION_TYPE,
  body: expositionOf(state, options),
});

interface MetricsServerOptions extends MetricsOptions {
  readonly address: Address;
  readonly token?: string;
  /** The present state; read at each scrape. */
  readonly state: () => MetricsState;
}

export interface MetricsServer extends HttpServer {
  /** Closes it after the next scrape that begins from now on, after this many milliseconds, or at the signal. */
  closeAfterScrape(lingerMs: number, abandon?: AbortSignal): Promise<void>;
}

/** Serves `/metrics` of a run in this process. Rejects as `startHttpServer` does. */
export async function startMetricsServer({
  address,
  token,
  state,
  ...options
}: MetricsServerOptions): Promise<MetricsServer> {
  let scraped = (): void => undefined;
  const server = await startHttpServer({
    address,
    ...(token === undefined ? {} : { token }),
    isBackground: true,
    answer: ({ pathname }) => {
      if (pathname !== METRICS_PATH) return undefined;
      const answer = scrapeAnswer(state(), options);
      scraped();
      return answer;
    },
  });
  return {
    ...server,
    closeAfterScrape: async (lingerMs, abandon) => {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, lingerMs);
        scraped = () => {
          clearTimeout(timer);
          done();
        };
        abandon?.addEventListener('abort', scraped, { once: true });
      });
      // What is being answered still is.
      await server.close();
    },
  };
}
