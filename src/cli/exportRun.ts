import type { Observable } from 'rxjs';
import { first, take } from 'rxjs';
import { METRICS_PATH, startMetricsServer, startOtlpPush } from '../export';
import { initialState } from '../metrics';
import type { MetricsState } from '../metrics';
import { terminalText } from '../report/terminalText';
import { authorityOf } from '../server';
import { startDashboardChild } from './dashboardChild';
import type { DashboardChild } from './dashboardChild';
import type { Io } from './io';
import type { ExporterRequest } from './options/exporters';
import { listenFailure, tokenFor } from './serving';
import { journalFileOf } from './recordRun';
import { directoryFor } from './runArgument';
import { UsageError } from './usageError';

export interface ExportedRun {
  /** Sends the last state, and waits for a last scrape as long as asked, or until the signal. */
  close(abandon: AbortSignal): Promise<void>;
}

/**
 * Exports the metrics of a run: to Prometheus, which asks, and to a collector, which is sent them. They
 * are read from the present state when they are needed; nothing is done for each event.
 */
export async function exportRun(
  { metrics$, id }: { readonly metrics$: Observable<MetricsState>; readonly id: string },
  request: ExporterRequest,
  io: Io,
): Promise<ExportedRun> {
  const { metrics, metricsLinger = 0, exportSymbols: symbols, otlp, otlpInterval } = request;
  const say = (text: string): void => {
    io.stderr.write(`barometer: ${terminalText(text)}\n`);
  };
  const state = (): MetricsState => presentOf(metrics$);
  const server =
    metrics &&
    (await startMetricsServer({
      address: metrics,
      ...tokenFor(metrics, request, io),
      state,
      symbols,
    }).catch((error: unknown) => {
      throw listenFailure(error, metrics);
    }));
  if (server !== undefined) say(`metrics at http://${authorityOf(server.address)}${METRICS_PATH}`);
  const push =
    otlp &&
    startOtlpPush({
      url: otlp,
      intervalMs: otlpInterval * 1000,
      headers: headersIn(io.env['OTEL_EXPORTER_OTLP_HEADERS']),
      state,
      symbols,
      onWarning: say,
    });
  const dashboard = request.dashboard ? showRun(id, metrics$, request, io, say) : undefined;
  return {
    async close(abandon) {
      await Promise.all([
        dashboard?.close(abandon),
        push?.close(),
        server?.closeAfterScrape(abandon.aborted ? 0 : metricsLinger * 1000, abandon),
      ]);
    },
  };
}

/** Shows the run as soon as it has begun, and after its end until the signal. */
function showRun(
  id: string,
  metrics$: Observable<MetricsState>,
  { journal }: ExporterRequest,
  io: Io,
  say: (text: string) => void,
): ExportedRun {
  if (journal === 'none') {
    throw new UsageError('--dashboard reads the journal of the run: --journal none leaves none');
  }
  let child: DashboardChild | undefined;
  metrics$.pipe(first(({ run }) => run.phase !== 'waiting')).subscribe({
    next: () => {
      child = startDashboardChild(journalFileOf(journal, id, io), directoryFor(io), say);
      void child.url.then((url) => {
        if (url !== undefined) say(`dashboard at ${url}`);
      });
    },
    // The run could not begin.
    error: () => undefined,
  });
  return {
    async close(abandon) {
      if (child === undefined) return;
      const { url, ended } = child;
      if (!abandon.aborted && (await url) !== undefined) {
        say('the run is over; the dashboard stays until Ctrl-C');
        const asked = new Promise((done) => {
          abandon.addEventListener('abort', done, { once: true });
        });
        await Promise.race([ended, asked]);
      }
      child.close();
      await ended;
    },
  };
}

function presentOf(metrics$: Observable<MetricsState>): MetricsState {
  let present = initialState;
  metrics$.pipe(take(1)).subscribe({
    next: (state) => {
      present = state;
    },
    // The run's own end says it; what was known before is still exported.
    error: () => undefined,
  });
  return present;
}

/** `name=value,…`, percent-encoded, as OpenTelemetry's SDKs read it. */
function headersIn(text: string | undefined): Readonly<Record<string, string>> {
  const pairs = (text ?? '').split(',').filter((pair) => pair.trim() !== '');
  try {
    const entries = pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    });
    // What no header may hold is said here and not at every send.
    return Object.fromEntries(new Headers(entries));
  } catch {
    throw new UsageError('OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs separated by commas');
  }
}
