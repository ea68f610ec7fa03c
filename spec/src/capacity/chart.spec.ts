import { renderChart } from '../../../src/capacity/chart';
import type { Chart } from '../../../src/capacity/chart';

/** The frame: 64 to 624 from left to right, 16 to 244 from the top down. */
const LEFT = 64;
const RIGHT = 624;
const TOP = 16;
const GROUND = 244;

const chart = (given: Partial<Chart> = {}): string =>
  renderChart({
    title: 'Behind',
    speeds: [1, 10, 100],
    series: [{ label: 'first', values: [0, 0.5, 1] }],
    scale: 'share',
    format: (value) => `${value} of it`,
    formatSpeed: (speed) => `${speed}×`,
    ...given,
  });
const pointsOf = (svg: string): number[][][] =>
  [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points = '']) =>
    points === '' ? [] : points.split(' ').map((point) => point.split(',').map(Number)),
  );
const all = (svg: string, pattern: RegExp): string[] =>
  [...svg.matchAll(pattern)].map(([, found = '']) => found);
/** Heights of the lines across, in order; titles of all limits. */
const limitsOf = (svg: string) =>
  all(svg, /class="limit[^"]*" x1="64(?:\.0)?" x2="624(?:\.0)?" y1="([\d.]+)"/g).map(Number);
const valueLabels = (svg: string) => all(svg, /class="label end"[^>]*>([^<]*)</g);
const speedLabels = (svg: string) => all(svg, /class="label mid"[^>]*>([^<]*)</g);

describe('a curve', () => {
  it('goes over logarithms of speeds, from the ground for none to the top for all', () => {
    expect(pointsOf(chart())).toEqual([
      [
        [LEFT, GROUND],
        [(LEFT + RIGHT) / 2, (TOP + GROUND) / 2],
        [RIGHT, TOP],
      ],
    ]);
  });

  it('on a scale of powers of ten lies where its exponent does, and on the ground for nothing', () => {
    const series = [{ label: 'wait', values: [0, 1, 10, 100] }];
    const [points] = pointsOf(chart({ speeds: [1, 10, 100, 1_000], series, scale: 'log' }));
    expect(points?.map(([, top]) => top)).toEqual([GROUND, GROUND, (TOP + GROUND) / 2, TOP]);
  });

  it('reaches down to the smallest value', () => {
    const series = [{ label: 'wait', values: [0.01, 1, 100] }];
    const [points] = pointsOf(chart({ series, scale: 'log' }));
    expect(points?.map(([, top]) => top)).toEqual([GROUND, (TOP + GROUND) / 2, TOP]);
  });

  it('is told point by point', () => {
    expect(all(chart(), /<circle [^>]*><title>([^<]*)</g)).toEqual([
      'first: 0 of it at 1×',
      'first: 0.5 of it at 10×',
      'first: 1 of it at 100×',
    ]);
  });

  it('has a colour and a key of its own', () => {
    const values = [0, 0, 0];
    const svg = chart({
      series: [
        { label: 'first', values },
        { label: 'second', values },
      ],
    });
    expect(all(svg, /<g class="curve (c\d)">/g)).toEqual(['c0', 'c1']);
    expect([...svg.matchAll(/<span class="key (c\d)">(\w+)</g)].map(([, ...key]) => key)).toEqual([
      ['c0', 'first'],
      ['c1', 'second'],
    ]);
  });

  it.each<[string, Partial<Chart>]>([
    ['of one speed', { speeds: [5], series: [{ label: 'a', values: [0.5] }] }],
    ['of no speed', { speeds: [], series: [{ label: 'a', values: [] }] }],
    ['of no series', { series: [] }],
    ['of nothing but nothing', { series: [{ label: 'a', values: [0, 0, 0] }], scale: 'log' }],
  ])('%s is drawn within the frame', (_title, given) => {
    const svg = chart(given);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    for (const [left = NaN, top = NaN] of pointsOf(svg).flat()) {
      expect(left >= LEFT && left <= RIGHT && top >= TOP && top <= GROUND).toBe(true);
    }
  });
});

describe('the axes', () => {
  it('of shares have quarters', () => {
    expect(valueLabels(chart())).toEqual([
      '0 of it',
      '0.25 of it',
      '0.5 of it',
      '0.75 of it',
      '1 of it',
    ]);
  });

  it('of anything else have powers of ten around all values and limits, seven at most', () => {
    const labels = (values: number[], limit: number) =>
      valueLabels(
        chart({
          scale: 'log',
          format: (value) => value.toPrecision(3),
          series: [{ label: 'wait', values }],
          limits: [{ value: limit, label: 'limit' }],
        }),
      ).map(Number);
    expect(labels([0, 5, 40], 30)).toEqual([1, 10, 100]);
    expect(labels([0, 5, 40], 3_000)).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(labels([0.002, 1], 1)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(labels([1e-6, 1e6], 1)).toEqual([1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6]);
  });

  it('leave out the labels of speeds that would touch one another', () => {
    // 560 pixels: of a hundred speeds, every ninth is 48 or more further on.
    const speeds = Array.from({ length: 101 }, (_, index) => 10 ** (index / 10));
    const formatSpeed = (speed: number): string => String(Math.round(10 * Math.log10(speed)));
    expect(speedLabels(chart({ speeds, formatSpeed, series: [] }))).toEqual(
      Array.from({ length: 12 }, (_, index) => String(9 * index)),
    );
  });
});

describe('lines', () => {
  it('across lie at their value, with the colour of the series they belong to', () => {
    const svg = chart({
      limits: [
        { value: 0.5, label: 'medium', series: 1 },
        { value: 1, label: 'all' },
      ],
    });
    expect(limitsOf(svg)).toEqual([(TOP + GROUND) / 2, TOP]);
    expect(all(svg, /class="(limit[^"]*)"/g)).toEqual(['limit c1', 'limit']);
    expect(all(svg, /class="limit[^>]*><title>([^<]*)</g)).toEqual(['medium', 'all']);
  });

  it.each([
    [10, ['344.0']],
    [1, ['64.0']],
    [100, ['624.0']],
    [0.9, []],
    [101, []],
    [Infinity, []],
  ])('upwards at speed %d stand where it is, if it is in the picture', (value, places) => {
    const svg = chart({ speed: { value, label: 'keeps up' } });
    expect(all(svg, /class="limit" x1="([\d.]+)"[^>]*y1="16" y2="244"/g)).toEqual(places);
  });
});

it('whatever titles and labels say, they are text', () => {
  const bad = '<b>"R&D"</b>';
  const svg = chart({
    title: bad,
    series: [{ label: bad, values: [0, 0, 0] }],
    limits: [{ value: 0.5, label: bad }],
    speed: { value: 10, label: bad },
    format: () => bad,
    formatSpeed: () => bad,
  });
  expect(svg).not.toContain('<b>');
  expect(svg).not.toContain('"R');
});
