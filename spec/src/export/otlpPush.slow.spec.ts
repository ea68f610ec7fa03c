import { startOtlpPush } from '../../../src/export';
import { initialState } from '../../../src/metrics';
import { collector } from './collector';

it('ends within two seconds beside a collector that never answers, with one warning', async () => {
  const sink = await collector(() => undefined);
  const warnings: string[] = [];
  const push = startOtlpPush({
    url: sink.url,
    intervalMs: 20,
    state: () => initialState,
    onWarning: (text) => warnings.push(text),
  });
  // The first request has timed out, and the next one is under way.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const began = Date.now();
  await push.close();
  sink.close();
  expect(Date.now() - began).toBeLessThan(2000);
  expect(warnings).toEqual([expect.stringContaining('it took too long')]);
  expect(sink.bodies.length).toBeGreaterThanOrEqual(2);
});
