import type { Comparison, RunInfo, Series } from '../protocol';
import { Chart } from './chart';
import type { Line } from './chart';
import type { ColorName } from './palette';

interface ChartsProps {
  readonly info: RunInfo;
  readonly series: Series;
  readonly index: number;
  readonly span: readonly [from: number, to: number] | undefined;
  readonly comparison: Comparison | undefined;
  readonly onPick: (index: number) => void;
  readonly onSpan: (from: number, to: number) => void;
}

const COLORS: readonly ColorName[] = ['low', 'high', 'medium', 'perfect'];

/** The course of the run over market time, window by window. */
export function Charts({ info, series, comparison, ...shared }: ChartsProps) {
  const times = series.to;
  const chart = { times, ...shared };
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <div class="charts">
        {info.edges.map(({ name, label }) => {
          const edge = series.edges[name];
          if (edge === undefined) return null;
          const other = comparison?.series.edges[name];
          const lines: Line[] = [
            { label: 'delivered', values: edge.delivered, color: 'soft' },
            { label: 'burst', values: edge.burst, color: 'low' },
            { label: 'behind', values: edge.behind, color: 'high', isFilled: true },
            { label: 'dropped', values: edge.dropped, color: 'perfect' },
            ...(other === undefined || comparison === undefined
              ? []
              : [
                  {
                    label: `behind in ${comparison.diff.before.id}`,
                    values: aligned(comparison.series.to, other.behind, times),
                    color: 'medium' as const,
                  },
                ]),
          ];
          return (
            <Chart key={name} title={`${label}, items`} unit="count" lines={lines} {...chart} />
          );
        })}
        <Chart
          title="Lateness, p99"
          unit="ms"
          lines={info.edges.map(({ name, label }, i) => ({
            label,
            values: series.edges[name]?.latenessP99 ?? [],
            color: COLORS[i % COLORS.length] ?? 'text',
          }))}
          {...chart}
        />
        {series.feed !== undefined && (
          <Chart
            title="Feed, rows in no bar"
            unit="count"
            lines={[
              { label: 'missing', values: series.feed.missing, color: 'high' },
              { label: 'late', values: series.feed.late, color: 'low' },
              { label: 'dropped', values: series.feed.dropped, color: 'medium' },
            ]}
            {...chart}
          />
        )}
        <Chart
          title="Stages, busy"
          unit="share"
          lines={info.stages.map(({ name, title }, i) => ({
            label: title,
            values: series.stages[name]?.busy ?? [],
            color: COLORS[i % COLORS.length] ?? 'text',
          }))}
          {...chart}
        />
      </div>
    </section>
  );
}

/** The values of another run at the ends of these windows: those of its windows that end in each. */
function aligned(
  from: readonly number[],
  values: readonly number[],
  to: readonly number[],
): number[] {
  let next = 0;
  return to.map((end) => {
    let sum = 0;
    for (; next < from.length && (from[next] ?? Infinity) <= end; next += 1)
      sum += values[next] ?? 0;
    return sum;
  });
}
