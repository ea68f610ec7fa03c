import type { ComponentChildren } from 'preact';

/** One column: its heading, and what stands in a row. The first column names the rows. */
export interface Column<R> {
  readonly title: ComponentChildren;
  readonly cell: (row: R, index: number) => ComponentChildren;
}

interface TableProps<R> {
  /** What the table is of, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  /** Long tables scroll. */
  readonly isTall?: boolean;
  /** What stands in place of no rows. */
  readonly empty?: string;
}

/** A table that scrolls on its own where it is larger than its place. */
export function Table<R>({ label, rows, columns, isTall = false, empty }: TableProps<R>) {
  if (rows.length === 0 && empty !== undefined) return <p class="empty">{empty}</p>;
  return (
    <div
      class={isTall ? 'wide tall' : 'wide'}
      tabIndex={0}
      role="group"
      aria-label={`${label}, table`}
    >
      <table>
        <thead>
          <tr>
            {columns.map(({ title }, i) => (
              <th key={i} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map(({ cell }, i) =>
                i === 0 ? (
                  <th key={i} scope="row">
                    {cell(row, index)}
                  </th>
                ) : (
                  <td key={i}>{cell(row, index)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
