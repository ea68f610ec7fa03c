import { setTimeout as wait } from 'node:timers/promises';
import { startOtlpPush } from '../../../src/export';
import { initialState } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { collector } from './collector';
import type { Collector } from './collector';

const opened: Collector[] = [];
const open = async (...answer: Parameters<typeof collector>): Promise<Collector> => {
  const sink = await collector(...answer);
  opened.push(sink);
  return sink;
};
afterEach(() => {
  for (const sink of opened.splice(0)) sink.close();
});

const withSignals = (signals: bigint): MetricsState => ({ ...initialState, signals });

/** Sends to a collector until it has been asked so often, and ends. */
async function pushed(url: URL, isEnough: () => boolean, state = () => initialState) {
  const warnings: string[] = [];
  const onWarning = (text: string) => warnings.push(text);
  const push = startOtlpPush({ url, intervalMs: 5, state, onWarning });
  for (let i = 0; i < 400 && !isEnough(); i += 1) await wait(5);
  await push.close();
  return warnings;
}

describe('sending to a collector', () => {
  it('sends the present state each time, and the last one at the end', async () => {
    const sink = await open();
    let signals = 2n ** 53n;
    const warnings = await pushed(
      sink.url,
      () => sink.bodies.length >= 3,
      () => withSignals((signals += 1n)),
    );
    expect(warnings).toEqual([]);
    expect(sink.bodies[0]).toContain('"asInt":"9007199254740993"');
    expect(sink.bodies.at(-1)).toContain(`"asInt":"${signals}"`);
    expect(new Set(sink.paths)).toEqual(new Set(['/v1/metrics']));
    expect(sink.requests[0]?.headers['content-type']).toBe('application/json');
  });

  it('leaves a path and headers as they are given', async () => {
    const sink = await open();
    const url = new URL('/otlp/v1/metrics', sink.url);
    const headers = { 'api-key': 'secret' };
    const state = () => initialState;
    await startOtlpPush({ url, intervalMs: 1e6, headers, state, onWarning: fail }).close();
    expect(sink.paths).toEqual(['/otlp/v1/metrics']);
    expect(sink.requests[0]?.headers['api-key']).toBe('secret');
  });

  it('warns once of a collector that is not there', async () => {
    const sink = await open();
    sink.close();
    const warnings = await pushed(sink.url, () => true);
    expect(warnings).toEqual([expect.stringContaining('did not take the metrics: ')]);
    expect(warnings[0]).toContain('ECONNREFUSED');
  });

  it('warns once of a collector that fails, and goes on less often', async () => {
    const sink = await open((response) => response.writeHead(500).end());
    const warnings = await pushed(sink.url, () => sink.bodies.length >= 4);
    expect(warnings).toEqual([expect.stringContaining('it answered 500')]);
    expect(sink.bodies.length).toBeGreaterThanOrEqual(4);
  });

  it('follows no redirect', async () => {
    const other = await open();
    const sink = await open((response) =>
      response.writeHead(307, { location: other.url.href }).end(),
    );
    const warnings = await pushed(sink.url, () => sink.bodies.length >= 2);
    expect(warnings).toEqual([
      expect.stringContaining('it redirects (307), which is not followed'),
    ]);
    expect(other.bodies).toEqual([]);
  });

  it('warns of points that were rejected', async () => {
    const answer = '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}';
    const sink = await open((response) =>
      response.setHeader('content-length', answer.length).end(answer),
    );
    const warnings = await pushed(sink.url, () => sink.bodies.length >= 1);
    expect(warnings).toEqual([expect.stringContaining('it rejected 3 data points: too old')]);
  });

  it('has one request under way at a time, and gives it up at the end', async () => {
    const sink = await open((response, bodies) => {
      if (bodies.length > 1) response.end();
    });
    const warnings = await pushed(sink.url, () => sink.bodies.length >= 1);
    expect(warnings).toEqual([]);
    expect(sink.bodies).toHaveLength(2);
  });
});

function fail(text: string): void {
  throw new Error(text);
}
