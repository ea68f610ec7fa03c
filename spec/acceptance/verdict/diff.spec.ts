import { diffOf } from '../../../src/views/diff';
import { renderDiff } from '../../../src/views/renderDiff';
import { every, planted, S } from './plant';

const run = (cost: (n: number) => number) =>
  planted({
    times: every(S, 400),
    strategies: { spin: (_, n) => cost(n) },
    options: { speed: 100 },
  });

it('a diff shows what has become of the pattern and of the speeds', async () => {
  const [before, after] = [await run(() => 20), await run((n) => (n % 100 === 50 ? 300 : 0.01))];
  const diff = diffOf(before, after);
  expect(diff.verdict).toMatchObject({
    before: {
      culprit: 'analysis',
      pattern: 'overload',
      sustainableSpeed: expect.closeTo(50, 1) as number,
    },
    after: { culprit: 'analysis', pattern: 'slow-items' },
  });
  const lines = renderDiff(diff).split('\n');
  const line = (name: string) => lines.find((text) => text.startsWith(name));
  expect(line('pattern')).toMatch(/^pattern +overload +slow-items$/);
  expect(line('sustainable speed')).toMatch(/ {2}[\d.]+× +[\d.]+×$/);
  expect(line('stable speed')).toMatch(/ {2}50× +[\d.]+×$/);
});
