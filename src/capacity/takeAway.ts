import type { TakenWork } from '../report';
import type { Timings } from '../journal';
import type { Work } from './work';

/**
 * The work without a part of it; columns that do not change are shared. What fits every name that
 * `taken` has shrinks to its factor. Work without a stage is that of both: a symbol's bars, or the
 * derived bars of an interval, of which each has an equal part of the watermark that closes them.
 */
export function takeAway(timings: Timings, taken: TakenWork): Work {
  const { items, updates } = timings;
  return {
    items: taken.stage === 'analysis' ? items : { ...items, service: itemServices(timings, taken) },
    updates:
      taken.stage === 'processor'
        ? updates
        : { ...updates, service: updateServices(timings, taken) },
  };
}

/** By series: whether it fits the names. */
const fits = ({ series }: Timings, { symbol, interval }: TakenWork): readonly boolean[] =>
  series.map(
    (one) =>
      (symbol === undefined || one.symbol === symbol) &&
      (interval === undefined || one.interval === interval),
  );

function updateServices(timings: Timings, taken: TakenWork): Float64Array {
  const { updates, parts, strategies } = timings;
  const { strategy, factor, awaited } = taken;
  const isTaken = fits(timings, taken);
  const number = strategy === undefined ? -1 : strategies.indexOf(strategy);
  const services = updates.service.slice();
  for (let u = 0; u < updates.length; u += 1) {
    if (isTaken[updates.series[u] as number] !== true) continue;
    const service = services[u] as number;
    let amount = awaited === true ? (updates.awaited?.[u] ?? 0) : service;
    if (strategy !== undefined) {
      // Parts are as measured; a service that was stated is divided in their proportion.
      let all = 0;
      let own = 0;
      const end = updates.firstPart[u + 1] as number;
      for (let part = updates.firstPart[u] as number; part < end; part += 1) {
        const took = parts.took[part] as number;
        all += took;
        if (parts.strategy[part] === number) own += took;
      }
      amount = all > 0 ? (amount * own) / all : 0;
    }
    services[u] = Math.max(0, service - (1 - factor) * amount);
  }
  return services;
}

function itemServices(timings: Timings, taken: TakenWork): Float64Array {
  const { items, updates, intervals } = timings;
  const isTaken = fits(timings, taken);
  // Base bars are processed all the same: everything is made of them.
  const isBase = taken.interval === undefined || taken.interval === intervals[0];
  const services = items.service.slice();
  let update = 0;
  for (let i = 0; i < items.length; i += 1) {
    const series = items.series[i] as number;
    let outputs = 0;
    let hit = 0;
    for (; update < updates.length && updates.cause[update] === i; update += 1) {
      outputs += 1;
      if (isTaken[updates.series[update] as number] === true) hit += 1;
    }
    const share =
      series >= 0
        ? (taken.symbol !== undefined || taken.interval === undefined) &&
          isBase &&
          isTaken[series] === true
          ? 1
          : 0
        : outputs === 0
          ? 0
          : hit / outputs;
    const whole =
      taken.stage === 'processor' && taken.symbol === undefined && taken.interval === undefined;
    services[i] = (services[i] as number) * (1 - (1 - taken.factor) * (whole ? 1 : share));
  }
  return services;
}
