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
