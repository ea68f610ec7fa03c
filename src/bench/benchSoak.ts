import { minutes as roughly } from './bench';
import type { Bench } from './bench';
import { renderSample, SOAK_HEAD, summariseSoak } from './renderSoak';
import { soak, STRATEGIES, SYMBOLS } from './soak';

/** Threads for a long time: that memory stays what it is, and that nothing is lost. */
export const benchSoak: Bench = async ({ minutes = 30, speed = 5 }, output) => {
  const { json, line } = output;
  const runMs = (minutes * 60_000) / speed;
  if (!json) {
    line(
      `${minutes} minutes of market at speed ${speed}, ${roughly(runMs)}: ${SYMBOLS} symbols, ${STRATEGIES} strategies.\n${SOAK_HEAD}`,
    );
  }
  let samples = 0;
  const result = await soak({
    minutes,
    speed,
    sampled: (sample) => {
      samples += 1;
      output.progress(`${sample.marketMin.toFixed(1)} of ${minutes} minutes`);
      if (json) line(JSON.stringify(sample));
      else if (samples % 5 === 0) line(renderSample(sample));
    },
  });
  line(json ? JSON.stringify({ conservation: result.conservation }) : `\n${summariseSoak(result)}`);
};
