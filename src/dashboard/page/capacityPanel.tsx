import { useEffect, useState } from 'preact/hooks';
import type { CapacityView, RunInfo } from '../protocol';
import { grouped, percent, speedText } from './format';
import type { Source } from './source';
import { TableBehind } from './tableBehind';

interface Props {
  readonly source: Source;
  readonly info: RunInfo;
}

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 50;
const BOTTOM = 24;
const COLORS = ['low', 'high', 'medium', 'perfect'];

/** What would be counted at other speeds, by the recorded service times. */
export function CapacityPanel({ source, info }: Props) {
  const [view, setView] = useState<CapacityView>();
  const [state, setState] = useState<'idle' | 'busy' | 'none'>('idle');
  const load = (): void => {
    setState('busy');
    source.capacity().then(
      (found) => {
        setView(found);
        setState(found === undefined ? 'none' : 'idle');
      },
      () => {
        setState('none');
      },
    );
  };
  useEffect(() => {
    if (source.isStatic) load();
  }, [source]);
  return (
    <section aria-labelledby="capacity-title">
      <h2 id="capacity-title">Capacity</h2>
      {view === undefined ? (
        <button type="button" disabled={state !== 'idle'} onClick={load}>
          {{ idle: 'Compute the curve', busy: 'Computing…', none: 'No service times' }[state]}
        </button>
      ) : (
        <Curve view={view} info={info} />
      )}
    </section>
  );
}

function Curve({ view, info }: { readonly view: CapacityView; readonly info: RunInfo }) {
  const { curve, answer, sustainableSpeed } = view;
  const edges = info.edges.filter(({ name }) => curve[0]?.edges[name] !== undefined);
  const speeds = curve.map(({ speed }) => Math.log(speed));
  const [low = 0, high = 1] = [speeds[0], speeds.at(-1)];
  const x = (log: number): number =>
    LEFT + ((log - low) / Math.max(1e-9, high - low)) * (WIDTH - LEFT - 10);
  const y = (share: number): number => 10 + (1 - share) * (HEIGHT - BOTTOM - 10);
  return (
    <>
      <p>{answer}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label="Behind share over speed; see the table"
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="grid" x1={LEFT} x2={WIDTH - 10} y1={y(share)} y2={y(share)} />
            <text class="label" x={LEFT - 6} y={y(share) + 4} text-anchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        {[curve[0], curve[curve.length >> 1], curve.at(-1)].map(
          (point, i) =>
            point !== undefined && (
              <text
                key={i}
                class="label"
                x={x(Math.log(point.speed))}
                y={HEIGHT - 6}
                text-anchor={['start', 'middle', 'end'][i] ?? 'middle'}
              >
                {speedText(point.speed)}
              </text>
            ),
        )}
        {sustainableSpeed !== null && sustainableSpeed > 0 && (
          <line
            class="limit"
            x1={x(Math.log(sustainableSpeed))}
            x2={x(Math.log(sustainableSpeed))}
            y1={10}
            y2={HEIGHT - BOTTOM}
          />
        )}
        {edges.map(({ name }, i) => (
          <polyline
            key={name}
            class={`curve ${COLORS[i % COLORS.length] ?? ''}`}
            points={curve
              .map((point, at) => `${x(speeds[at] ?? 0)},${y(point.edges[name]?.behindShare ?? 0)}`)
              .join(' ')}
          />
        ))}
      </svg>
      <p>
        {edges.map(({ name, label }, i) => (
          <span key={name} class={`key ${COLORS[i % COLORS.length] ?? ''}`}>
            {label}
          </span>
        ))}
      </p>
      <TableBehind
        title="capacity"
        rows={() => curve}
        columns={[
          { title: 'speed', cell: ({ speed }) => `${grouped(Number(speed.toPrecision(6)))}×` },
          ...edges.map(({ name, label }) => ({
            title: `${label}: behind`,
            cell: ({ edges: at }: CapacityView['curve'][number]) =>
              `${percent(at[name]?.behindShare ?? 0)} ${at[name]?.grade ?? ''}`,
          })),
        ]}
      />
    </>
  );
}
