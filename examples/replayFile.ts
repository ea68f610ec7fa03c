// examples/replayFile.ts
import { openFiles, replay, smaCross } from 'barometer';

async function main(): Promise<void> {
  const sources = await openFiles(['spec/sample/synthetic.csv'], {});
  const run = replay(sources, {
    bars: '1m',
    derive: ['5m'],
    strategies: [() => smaCross({ fast: 5, slow: 20 })],
    speed: 60,
  });
  run.mode$.subscribe((mode) => console.log(`${mode}-driven`));
  const report = await run.start().done; // renderText(report) is what the command line prints
  const { bars, edges, signals } = report;
  const { behind, grade } = edges['processor-analysis'];
  console.log(
    `${bars.ticks} ticks, ${bars.base} bars, ${bars.derived} derived, ${signals} signals`,
  );
  console.log(`analysis: ${behind} times behind, ${grade}`);
}

void main();

// prints:
// clock-driven
// 5909 ticks, 360 bars, 72 derived, 20 signals
// analysis: 0 times behind, perfect
