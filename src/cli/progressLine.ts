import { named } from '../../streams/topology';
import { edgesOf, marketProgress } from '../metrics';
import type { MetricsState } from '../metrics';
import { renderLine } from '../report';
import { grouped, isoTime } from '../report/format';

const drawn = (share: number, cells: number): string => {
  const done = Math.round(share * cells);
  return '█'.repeat(done) + '░'.repeat(cells - done);
};

/** What there is to say of files that are still looked through, before their first row. */
export const scanLine = (rows: number): string => `reading: ${grouped(rows)} rows`;

/** Share, market time, both counters and bars a second in one line of a terminal, short where it is narrow. */
export function progressLine(state: MetricsState, barsPerSecond: number, width: number): string {
  const { market, edges, topology, feed } = state;
  const rate = `${grouped(Math.round(barsPerSecond))} bars/s`;
  const time =
    market.time === undefined ? '-' : isoTime(market.time).slice(0, 19).replace('T', ' ');
  const counters = edgesOf(topology).map(
    ({ name, short }) => `${short} ${grouped(named(edges, name).backpressure)}`,
  );
  const share = marketProgress(state) ?? market.progress;
  // A feed has no end that it could be a share of.
  if (feed !== undefined && market.progress === 0) {
    const { received, late, dropped } = feed.total;
    const ofFeed = [
      time,
      ...counters,
      `received ${grouped(received)}`,
      `late ${grouped(late)}`,
      `dropped ${grouped(dropped)}`,
      rate,
    ];
    return ofFeed.join(' | ').slice(0, width);
  }
  const percents = `${Math.floor(share * 100)}%`.padStart(4);
  const short = [`${percents} ${time}`, ...counters, rate].join(' | ');
  const lines = [
    `${drawn(share, 20)} ${renderLine(state)} | ${rate}`,
    `${drawn(share, 10)}${short}`,
  ];
  return lines.find((line) => line.length <= width) ?? short.trimStart().slice(0, width);
}
