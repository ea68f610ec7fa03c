import type { Bench } from './bench';
import { ringThroughput } from './ringThroughput';

/** References through the ring beside a message for each. */
export const benchRing: Bench = async ({ items = 10_000_000 }, output) => {
  const result = await ringThroughput(items);
  const { ring, messages, factor } = result;
  output.line(
    output.json
      ? JSON.stringify(result)
      : `ring ${ring.toFixed(1)} M items/s, postMessage ${messages.toFixed(2)} M items/s: ${factor.toFixed(0)} x`,
  );
};
