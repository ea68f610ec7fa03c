import type { Figure } from '../frame/table';

export const nsPer = (item: string): Figure => ({
  title: `ns/${item}`,
  of: ({ wallMs, items }) => (wallMs * 1e6) / items,
  digits: 1,
});

/** What a process that does it only once has of it. */
export const firstNsPer = (item: string): Figure => ({
  title: `first run, ns/${item}`,
  of: ({ firstMs, items }) => (firstMs * 1e6) / items,
  digits: 1,
});

export const cpuNsPer = (item: string): Figure => ({
  title: `CPU ns/${item}`,
  of: ({ cpuMs, items }) => (cpuMs * 1e6) / items,
  digits: 1,
});

export const millionsPerSecond = (items: string): Figure => ({
  title: `M ${items}/s`,
  of: ({ wallMs, items: count }) => count / wallMs / 1e3,
  digits: 2,
});

export const peakMb: Figure = {
  title: 'peak MB',
  of: ({ peakBytes }) => peakBytes / 2 ** 20,
};

/** One of the row's own. */
export const figureNamed = (name: string, title: string, digits = 1): Figure => ({
  title,
  of: ({ figures }) => figures[name] ?? NaN,
  digits,
});

/** The same, a share of 1. */
export const percentNamed = (name: string, title: string): Figure => ({
  title,
  of: ({ figures }) => 100 * (figures[name] ?? NaN),
  digits: 1,
});

/** Of the milliseconds that a row reports itself, as what it takes to start threads is not in them. */
export const ownNsPer = (item: string): Figure => ({
  title: `ns/${item}`,
  of: ({ figures, items }) => ((figures['ms'] ?? NaN) * 1e6) / items,
});

export const ownMillionsPerSecond = (items: string): Figure => ({
  title: `M ${items}/s`,
  of: ({ figures, items: count }) => count / (figures['ms'] ?? NaN) / 1e3,
  digits: 3,
});
