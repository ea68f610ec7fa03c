import type { MetricsState } from '../metrics';
import { otlpOf } from './otlp';
import type { OtlpResource } from './otlp';

interface OtlpPushOptions extends Omit<OtlpResource, 'time'> {
  /** The collector; `/v1/metrics` is added where it has no path. */
  readonly url: URL;
  /** Milliseconds between two requests. */
  readonly intervalMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The present state; read at each request. */
  readonly state: () => MetricsState;
  /** Called once, with the first thing that went wrong. */
  readonly onWarning: (text: string) => void;
}

export interface OtlpPush {
  /** Sends the state once more, and ends. Takes two seconds at most and never rejects. */
  close(): Promise<void>;
}

/** Milliseconds that a request may take. */
const TIMEOUT = 2000;
/** The same at the end of a run, where somebody waits for it. */
const LAST_TIMEOUT = 1500;
/** A collector that fails is asked again after this many intervals at most. */
const MOST_INTERVALS = 16;
/** Why a request under way is given up at the end: its successor says more. */
const CLOSED = new Error('the run is over');
/** Bytes of an answer that are looked at. */
const MOST_ANSWER = 64 * 1024;

/**
 * Sends a run's metrics to an OpenTelemetry collector again and again. No matter what the collector does, the
 * run goes on: there is one request at a time, and what is sent is always the present state.
 */
export function startOtlpPush(options: OtlpPushOptions): OtlpPush {
  const { url, intervalMs, headers, state, onWarning, ...resource } = options;
  const target = new URL(url);
  if (target.pathname === '/') target.pathname = '/v1/metrics';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let hasWarned = false;
  let inFlight: AbortController | undefined;
  let isClosing = false;

  const push = async (timeoutMs: number): Promise<void> => {
    const request = new AbortController();
    inFlight = request;
    const timeout = setTimeout(() => {
      request.abort(new Error('it took too long'));
    }, timeoutMs);
    try {
      const body = JSON.stringify(otlpOf(state(), { ...resource, time: Date.now() }));
      await send(target, body, headers, request.signal);
      failures = 0;
    } catch (error) {
      if (request.signal.reason === CLOSED) return;
      failures += 1;
      if (!hasWarned) onWarning(`${target.origin} did not take the metrics: ${reasonOf(error)}`);
      hasWarned = true;
    } finally {
      clearTimeout(timeout);
    }
  };
  const schedule = (): void => {
    const factor = Math.min(2 ** failures, MOST_INTERVALS);
    timer = setTimeout(() => {
      void push(TIMEOUT).then(() => {
        if (!isClosing) schedule();
      });
    }, intervalMs * factor);
    timer.unref();
  };
  schedule();
  return {
    async close() {
      isClosing = true;
      clearTimeout(timer);
      inFlight?.abort(CLOSED);
      await push(LAST_TIMEOUT);
    },
  };
}

async function send(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>> | undefined,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal,
    // Metrics go where the user said.
    redirect: 'manual',
  });
  try {
    if (response.status >= 300 && response.status < 400) {
      throw new Error(`it redirects (${response.status}), which is not followed`);
    }
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const rejected = rejectedIn(await beginningOf(response));
    if (rejected !== undefined) throw new Error(rejected);
  } finally {
    await response.body?.cancel().catch(() => undefined);
  }
}

/** An answer of any length is read to its limit alone. */
async function beginningOf(response: Response): Promise<string> {
  const length = Number(response.headers.get('content-length') ?? 0);
  return length > 0 && length <= MOST_ANSWER ? response.text() : '';
}

/** A collector may take some points and refuse others. */
function rejectedIn(text: string): string | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { partialSuccess } = (found ?? {}) as {
    partialSuccess?: { rejectedDataPoints?: unknown; errorMessage?: unknown };
  };
  const rejected = Number(partialSuccess?.rejectedDataPoints ?? 0);
  if (!(rejected > 0)) return undefined;
  const { errorMessage } = partialSuccess ?? {};
  const why = typeof errorMessage === 'string' && errorMessage !== '' ? `: ${errorMessage}` : '';
  return `it rejected ${rejected} data points${why}`;
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as { message: string; cause?: { message?: string } };
  // `fetch` says "fetch failed"; what failed is in the cause.
  return cause?.message || message;
}
