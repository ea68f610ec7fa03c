import { useEffect, useRef, useState } from 'preact/hooks';
import type { Heat, MomentView, RunInfo } from '../protocol';
import { duration, grouped, percent, timeText } from './format';
import { paletteOf } from './palette';
import type { Source } from './source';
import { TableBehind } from './tableBehind';

interface HeatProps {
  readonly source: Source;
  readonly info: RunInfo;
  /** What the picture is of: it is requested anew when this changes. */
  readonly windows: number;
}

const OTHER = '(other)';

/** *Behind* share of an edge by symbol and time. */
export function HeatPanel({ source, info, windows }: HeatProps) {
  const [edge, setEdge] = useState(info.edges.at(-1)?.name ?? '');
  const [heat, setHeat] = useState<Heat>();
  // A run in progress gets a new picture now and then, not at every window.
  const age = Math.floor(Math.sqrt(windows) * 4);
  useEffect(() => {
    let isLatest = true;
    source.heat(edge).then(
      (found) => {
        if (isLatest) setHeat(found);
      },
      () => undefined,
    );
    return () => {
      isLatest = false;
    };
  }, [edge, age, source]);
  const rows = heat === undefined ? [] : [...heat.symbols, OTHER];
  const share = (row: number, column: number): number => {
    const delivered = heat?.delivered[row]?.[column] ?? 0;
    return delivered > 0 ? (heat?.behind[row]?.[column] ?? 0) / delivered : 0;
  };
  const sum = (values: readonly number[] | undefined): number =>
    (values ?? []).reduce((total, value) => total + value, 0);
  return (
    <section aria-labelledby="heat-title">
      <h2 id="heat-title">Behind share by symbol and time</h2>
      <label>
        Edge{' '}
        <select
          value={edge}
          onChange={({ currentTarget }) => {
            setEdge(currentTarget.value);
          }}
        >
          {info.edges.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {heat !== undefined && (
        <Cells
          label={`Behind share by symbol and time, ${edge}`}
          rows={rows}
          columns={heat.to.map(timeText)}
          value={share}
          text={(row, column) =>
            `${rows[row] ?? ''}, until ${timeText(heat.to[column] ?? 0)}: ` +
            `${grouped(heat.behind[row]?.[column] ?? 0)} of ${grouped(heat.delivered[row]?.[column] ?? 0)} behind ` +
            `(${percent(share(row, column))})`
          }
        />
      )}
      <TableBehind title="behind by symbol">
        {() => (
          <table>
            <thead>
              <tr>
                <th scope="col">symbol</th>
                <th scope="col">delivered</th>
                <th scope="col">behind</th>
                <th scope="col">most in</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((symbol, row) => {
                const behind = heat?.behind[row] ?? [];
                const most = Math.max(0, ...behind);
                return (
                  <tr key={row}>
                    <th scope="row">{symbol}</th>
                    <td>{grouped(sum(heat?.delivered[row]))}</td>
                    <td>{grouped(sum(behind))}</td>
                    <td>{most > 0 ? timeText(heat?.to[behind.indexOf(most)] ?? 0) : '-'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </TableBehind>
    </section>
  );
}

/** Work by strategy and symbol at the moment. */
export function WorkPanel({ moment }: { readonly moment: MomentView }) {
  const { strategies, symbols, ms } = moment.work;
  const columns = [...symbols, OTHER];
  const most = Math.max(1e-9, ...ms.flat());
  const value = (row: number, column: number): number => ms[row]?.[column] ?? 0;
  if (strategies.length === 0) return null;
  return (
    <section aria-labelledby="work-title">
      <h2 id="work-title">Work by strategy and symbol</h2>
      <Cells
        label="Work by strategy and symbol"
        rows={strategies}
        columns={columns}
        value={(row, column) => value(row, column) / most}
        text={(row, column) =>
          `${strategies[row] ?? ''}, ${columns[column] ?? ''}: ${duration(value(row, column))}`
        }
      />
      <TableBehind title="work">
        {() => (
          <table>
            <thead>
              <tr>
                <th scope="col">symbol</th>
                {strategies.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {columns.map((symbol, column) => (
                <tr key={column}>
                  <th scope="row">{symbol}</th>
                  {strategies.map((name, row) => (
                    <td key={name}>{duration(value(row, column))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </TableBehind>
    </section>
  );
}

interface CellsProps {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** 0 to 1. */
  readonly value: (row: number, column: number) => number;
  readonly text: (row: number, column: number) => string;
}

const ROW = 14;

/** A picture of cells: the darker, the more. */
function Cells({ label, rows, columns, value, text }: CellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hint, setHint] = useState('');
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context) return;
    const draw = (): void => {
      element.width = columns.length;
      element.height = rows.length;
      const { line, high } = paletteOf();
      rows.forEach((_row, y) => {
        columns.forEach((_column, x) => {
          const share = Math.min(1, value(y, x));
          context.globalAlpha = 1;
          context.fillStyle = line;
          context.fillRect(x, y, 1, 1);
          context.globalAlpha = share > 0 ? 0.15 + 0.85 * Math.sqrt(share) : 0;
          context.fillStyle = high;
          context.fillRect(x, y, 1, 1);
        });
      });
    };
    draw();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
    };
  });
  return (
    <div class="cells">
      <div class="names" aria-hidden="true">
        {rows.map((name, i) => (
          <span key={i}>{name}</span>
        ))}
      </div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${label}; see the table`}
        style={{ height: `${rows.length * ROW}px` }}
        onMouseMove={(event) => {
          const { width, height } = event.currentTarget.getBoundingClientRect();
          const column = Math.floor((event.offsetX / width) * columns.length);
          const row = Math.floor((event.offsetY / height) * rows.length);
          setHint(text(row, column));
        }}
        onMouseLeave={() => {
          setHint('');
        }}
      />
      <p class="hint">{hint || '\u00a0'}</p>
    </div>
  );
}
