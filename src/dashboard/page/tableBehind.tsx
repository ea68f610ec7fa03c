import { useState } from 'preact/hooks';
import { Table } from './table';
import type { Column } from './table';

interface TableBehindProps<R> {
  /** What the table says in numbers. */
  readonly title: string;
  /** Called only while the table is open. */
  readonly rows: () => readonly R[];
  readonly columns: readonly Column<R>[];
}

/** A table behind a picture. Rows that nobody sees would cost most of a step of the slider. */
export function TableBehind<R>({ title, rows, columns }: TableBehindProps<R>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>Table: {title}</summary>
      {isOpen && <Table label={title} rows={rows()} columns={columns} isTall />}
    </details>
  );
}
