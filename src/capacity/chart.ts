import { largestOf, smallestOf } from '../../operators/kernel/extremes';
import { escapeHtml } from './escapeHtml';

export interface Series {
  readonly label: string;
  readonly values: readonly number[];
}

export interface Chart {
  readonly title: string;
  /** What the curves are drawn over, rising; the axis is logarithmic. */
  readonly speeds: readonly number[];
  readonly series: readonly Series[];
  /** `share`: from 0 to 1; `log`: what is 0 lies on the ground. */
  readonly scale: 'share' | 'log';
  readonly format: (value: number) => string;
  readonly formatSpeed: (speed: number) => string;
  /** Lines across, which belong to the series of the same index or to all. */
  readonly limits?: readonly {
    readonly value: number;
    readonly label: string;
    readonly series?: number;
  }[];
  /** A line upwards. */
  readonly speed?: { readonly value: number; readonly label: string };
}

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 64;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 36;

const rounded = (value: number): string => value.toFixed(1);

interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

function speedAxis(speeds: readonly number[]): Axis {
  const low = Math.log10(speeds[0] ?? 1);
  const high = Math.log10(speeds.at(-1) ?? 10);
  const span = high - low || 1;
  const at = (speed: number): number =>
    LEFT + ((Math.log10(speed) - low) / span) * (WIDTH - LEFT - RIGHT);
  // Labels that would touch one another are left out.
  const ticks: number[] = [];
  for (const speed of speeds) {
    const before = ticks.at(-1);
    if (before === undefined || at(speed) - at(before) >= 48) ticks.push(speed);
  }
  return { at, ticks };
}

function valueAxis({ scale, series, limits = [] }: Chart): Axis {
  const ground = HEIGHT - BOTTOM;
  const height = ground - TOP;
  if (scale === 'share') {
    return { at: (value) => ground - value * height, ticks: [0, 0.25, 0.5, 0.75, 1] };
  }
  const values = [...series.flatMap((each) => each.values), ...limits.map(({ value }) => value)];
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(smallestOf([...positive, 1])));
  const high = Math.max(low + 1, Math.ceil(Math.log10(largestOf([...positive, 1]))));
  const step = Math.ceil((high - low) / 6);
  return {
    at: (value) =>
      value > 0 ? ground - ((Math.log10(value) - low) / (high - low)) * height : ground,
    ticks: Array.from(
      { length: Math.floor((high - low) / step) + 1 },
      (_, n) => 10 ** (low + n * step),
    ),
  };
}

/** A figure with curves in SVG; its colors are those of the classes c0, c1 and so on. */
export function renderChart(chart: Chart): string {
  const { title, speeds, series, format, formatSpeed, limits = [], speed } = chart;
  const x = speedAxis(speeds);
  const y = valueAxis(chart);
  const ground = HEIGHT - BOTTOM;
  const right = WIDTH - RIGHT;
  const text = (value: string): string => escapeHtml(value);
  const grid = [
    ...y.ticks.map(
      (value) =>
        `<line class="grid" x1="${LEFT}" x2="${right}" y1="${rounded(y.at(value))}" y2="${rounded(y.at(value))}"/>` +
        `<text class="label end" x="${LEFT - 6}" y="${rounded(y.at(value) + 4)}">${text(format(value))}</text>`,
    ),
    ...x.ticks.map(
      (value) =>
        `<text class="label mid" x="${rounded(x.at(value))}" y="${ground + 18}">${text(formatSpeed(value))}</text>`,
    ),
  ];
  const across = limits.map(
    ({ value, label, series: index }) =>
      `<line class="limit${index === undefined ? '' : ` c${index}`}" x1="${LEFT}" x2="${right}" ` +
      `y1="${rounded(y.at(value))}" y2="${rounded(y.at(value))}"><title>${text(label)}</title></line>`,
  );
  const isIn = (value: number): boolean =>
    value >= (speeds[0] ?? 0) && value <= (speeds.at(-1) ?? 0);
  const upwards =
    speed === undefined || !isIn(speed.value)
      ? []
      : [
          `<line class="limit" x1="${rounded(x.at(speed.value))}" x2="${rounded(x.at(speed.value))}" ` +
            `y1="${TOP}" y2="${ground}"><title>${text(speed.label)}</title></line>`,
        ];
  const curves = series.map(({ label, values }, index) => {
    const points = values.map((value, n) => ({
      value,
      left: x.at(speeds[n] ?? 1),
      top: y.at(value),
      n,
    }));
    const line = points.map(({ left, top }) => `${rounded(left)},${rounded(top)}`).join(' ');
    const dots = points.map(
      ({ value, left, top, n }) =>
        `<circle cx="${rounded(left)}" cy="${rounded(top)}" r="3">` +
        `<title>${text(`${label}: ${format(value)} at ${formatSpeed(speeds[n] ?? 0)}`)}</title></circle>`,
    );
    return `<g class="curve c${index}"><polyline points="${line}"/>${dots.join('')}</g>`;
  });
  const legend = series.map(
    ({ label }, index) => `<span class="key c${index}">${text(label)}</span>`,
  );
  return [
    '<figure>',
    `<figcaption>${text(title)} <span class="keys">${legend.join(' ')}</span></figcaption>`,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${text(title)}">`,
    ...grid,
    `<line class="axis" x1="${LEFT}" x2="${right}" y1="${ground}" y2="${ground}"/>`,
    ...across,
    ...upwards,
    ...curves,
    '</svg>',
    '</figure>',
  ].join('\n');
}
