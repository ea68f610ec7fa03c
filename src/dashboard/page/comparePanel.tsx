import { useEffect, useState } from 'preact/hooks';
import type { Comparison, RunInfo } from '../protocol';
import { duration, grouped, percent } from './format';
import type { Source } from './source';
import { Table } from './table';

interface Props {
  readonly source: Source;
  readonly info: RunInfo;
  /** The other run; absent: none is chosen. */
  readonly other: string | undefined;
  readonly onOther: (run: string | undefined) => void;
  readonly onComparison: (comparison: Comparison | undefined) => void;
}

type Row = Comparison['diff']['rows'][number];

function shown({ unit }: Row, value: number | string | undefined): string {
  if (value === undefined) return '-';
  if (unit === 'share') return percent(Number(value));
  if (unit === 'milliseconds') return duration(Number(value));
  if (unit === 'seconds') return duration(Number(value) * 1000);
  return grouped(value);
}

/** Another run of the folder beside this one. */
export function ComparePanel({ source, info, other, onOther, onComparison }: Props) {
  const [found, setFound] = useState<Comparison>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    setFound(undefined);
    setProblem('');
    onComparison(undefined);
    if (other === undefined) return;
    source.compare(other).then(
      (comparison) => {
        setFound(comparison);
        onComparison(comparison);
      },
      () => {
        if (!source.isStatic) setProblem(`The run ${other} cannot be read.`);
      },
    );
  }, [other, source]);
  if (source.isStatic && found === undefined) return null;
  return (
    <section aria-labelledby="compare-title">
      <h2 id="compare-title">Compare</h2>
      {!source.isStatic && info.others.length === 0 && other === undefined && (
        <p class="empty">There is no other run in this folder to compare with.</p>
      )}
      {!source.isStatic && (info.others.length > 0 || other !== undefined) && (
        <label>
          with the earlier run{' '}
          <select
            value={other ?? ''}
            onChange={({ currentTarget }) => {
              onOther(currentTarget.value === '' ? undefined : currentTarget.value);
            }}
          >
            <option value="">(none)</option>
            {info.others.map((run) => (
              <option key={run} value={run}>
                {run}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem !== '' && <p role="alert">{problem}</p>}
      {found !== undefined && (
        <>
          <p>
            {found.diff.before.id}: {found.diff.verdicts.before}
          </p>
          <p>
            {found.diff.after.id}: {found.diff.verdicts.after}
          </p>
          <Table
            label="Comparison"
            isTall
            rows={found.diff.rows}
            columns={[
              {
                title: 'counter',
                cell: ({ of, label }) => `${of === undefined ? '' : `${of}: `}${label}`,
              },
              { title: found.diff.before.id, cell: (row) => shown(row, row.before) },
              { title: found.diff.after.id, cell: (row) => shown(row, row.after) },
              {
                title: 'factor',
                cell: ({ factor }) => (factor === undefined ? '-' : factor.toPrecision(3)),
              },
            ]}
          />
        </>
      )}
    </section>
  );
}
