import { useEffect, useRef, useState } from 'preact/hooks';
import { paletteOf } from './palette';

interface CellsProps {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By row and column, 0 to 1. */
  readonly shares: readonly (readonly number[])[];
  /** What the darkest cell stands for. */
  readonly most: string;
  /** Names under the picture: of every column, or of the first, the middle and the last. */
  readonly isNamed?: boolean;
  readonly text: (row: number, column: number) => string;
}

const ROW = 16;

/** A picture of cells: the darker, the more. */
export function Cells({ label, rows, columns, shares, most, isNamed, text }: CellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hint, setHint] = useState('');
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context) return undefined;
    const draw = (): void => {
      element.width = columns.length;
      element.height = rows.length;
      const { line, high } = paletteOf();
      context.fillStyle = line;
      context.fillRect(0, 0, columns.length, rows.length);
      context.fillStyle = high;
      shares.forEach((row, y) => {
        row.forEach((share, x) => {
          if (!(share > 0)) return;
          context.globalAlpha = 0.15 + 0.85 * Math.sqrt(Math.min(1, share));
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
  }, [shares, columns.length]);
  const shown =
    isNamed === true
      ? columns
      : [columns[0], columns[columns.length >> 1], columns.at(-1)].slice(0, columns.length);
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
      <div class={isNamed === true ? 'ticks named' : 'ticks'} aria-hidden="true">
        {shown.map((name, i) => (
          <span key={i}>{name}</span>
        ))}
      </div>
      <p class="hint">
        {hint || (
          <>
            0 <span class="scale" aria-hidden="true" /> {most}
          </>
        )}
      </p>
    </div>
  );
}
