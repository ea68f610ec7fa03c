import uPlot from 'uplot';
import { useEffect, useRef } from 'preact/hooks';
import { duration, grouped, percent, timeText } from './format';
import { paletteOf } from './palette';
import type { ColorName } from './palette';
import { TableBehind } from './tableBehind';

export interface Line {
  readonly label: string;
  readonly values: readonly number[];
  readonly color: ColorName;
  readonly isFilled?: boolean;
}

interface ChartProps {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly unit: 'count' | 'ms' | 'share';
  /** The present window; the end of the run where it is past the last one. */
  readonly index: number;
  readonly span: readonly [from: number, to: number] | undefined;
  readonly onPick: (index: number) => void;
  readonly onSpan: (from: number, to: number) => void;
}

const FORMATS = {
  count: (value: number) => grouped(Math.round(value)),
  ms: (value: number) => duration(value),
  share: (value: number) => percent(value),
};

const HEIGHT = 170;
const DATE = '\n{YYYY}-{MM}-{DD}';

/** Texts of the time axis by the distance of its marks in seconds, and what is added where a day begins. */
const TIMES: uPlot.Axis.Values = [
  [86_400, '{YYYY}-{MM}-{DD}', null, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', DATE, null, DATE, null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', DATE, null, DATE, null, null, null, 1],
  [0.001, '{ss}.{fff}', DATE, null, DATE, null, '\n{HH}:{mm}', null, 1],
];

/** Lines over market time, with the present window marked; a drag selects a span. A table stands behind it. */
export function Chart(props: ChartProps) {
  const { title, times, lines, unit } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const data: uPlot.AlignedData = [
    times.map((time) => time / 1000),
    ...lines.map(({ values }) => [...values]),
  ];

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsOf(latest, element.clientWidth), data, element);
    plot.current = made;
    const size = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    size.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const repaint = (): void => {
      made.redraw();
    };
    scheme.addEventListener('change', repaint);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', repaint);
      made.destroy();
    };
  }, [lines.length]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [times, ...lines.map(({ values }) => values)]);

  useEffect(() => {
    if (plot.current !== null) placeMarks(plot.current, props);
  }, [props.index, props.span?.[0], props.span?.[1]]);

  return (
    <figure>
      <figcaption>
        {title}
        {lines.map(({ label, color }) => (
          <span key={label} class={`key ${color}`}>
            {label}
          </span>
        ))}
      </figcaption>
      <div
        ref={host}
        class="plot"
        role="img"
        aria-label={`${title}, over market time; see the table`}
      />
      <TableOf times={times} lines={lines} unit={unit} title={title} />
    </figure>
  );
}

function optionsOf(latest: { readonly current: ChartProps }, width: number): uPlot.Options {
  const { lines, unit } = latest.current;
  const color = (name: ColorName) => () => paletteOf()[name];
  const axis: uPlot.Axis = {
    stroke: color('text'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    legend: { show: false },
    cursor: { sync: { key: 'market' }, drag: { x: true, y: false, setScale: false } },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(high, 1e-9) * 1.05] } },
    axes: [
      { ...axis, values: TIMES },
      { ...axis, size: 64, values: (_plot, splits) => splits.map((split) => FORMATS[unit](split)) },
    ],
    series: [
      {},
      ...lines.map(({ label, color: name, isFilled = false }): uPlot.Series => ({
        label,
        stroke: color(name),
        width: 1.5,
        points: { show: false },
        ...(isFilled ? { fill: () => `${paletteOf()[name]}55` } : {}),
      })),
    ],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select;
          if (wide < 3) return;
          const { onSpan } = latest.current;
          onSpan(plot.posToIdx(left), plot.posToIdx(left + wide));
        },
      ],
      ready: [
        (plot) => {
          for (const name of ['line', 'band']) {
            const mark = document.createElement('div');
            mark.className = `mark ${name}`;
            plot.over.append(mark);
          }
          placeMarks(plot, latest.current);
          plot.over.addEventListener('click', () => {
            const { idx } = plot.cursor;
            if (plot.select.width < 3 && typeof idx === 'number') latest.current.onPick(idx);
          });
        },
      ],
      draw: [
        (plot) => {
          placeMarks(plot, latest.current);
        },
      ],
    },
  };
}

/** The present window as a line, and the span as a band, above the picture: to move them draws nothing anew. */
function placeMarks(plot: uPlot, { times, index, span }: ChartProps): void {
  const [line, band] = plot.over.querySelectorAll<HTMLElement>('.mark');
  if (line === undefined || band === undefined) return;
  const x = (at: number): number => {
    const time = times[Math.min(at, times.length - 1)];
    return time === undefined ? 0 : plot.valToPos(time / 1000, 'x');
  };
  line.style.left = `${x(index)}px`;
  band.hidden = span === undefined;
  if (span === undefined) return;
  band.style.left = `${x(span[0])}px`;
  band.style.width = `${Math.max(0, x(span[1]) - x(span[0]))}px`;
}

type TableProps = Pick<ChartProps, 'title' | 'times' | 'lines' | 'unit'>;

/** Rows of a table: a thousand windows are too many for people and for browsers. */
const MOST_ROWS = 200;

function TableOf({ title, times, lines, unit }: TableProps) {
  const first = Math.max(0, times.length - MOST_ROWS);
  return (
    <TableBehind
      title={title}
      rows={() => times.slice(first)}
      columns={[
        {
          title: `window to${first > 0 ? ` (the last ${MOST_ROWS})` : ''}`,
          cell: (time: number) => timeText(time),
        },
        ...lines.map(({ label, values }) => ({
          title: label,
          cell: (_time: number, i: number) => FORMATS[unit](values[first + i] ?? 0),
        })),
      ]}
    />
  );
}
