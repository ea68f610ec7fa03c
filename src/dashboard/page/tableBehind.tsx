import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

interface TableBehindProps {
  /** What the table says in numbers. */
  readonly title: string;
  /** Renders the table; called only while it is open. */
  readonly children: () => ComponentChildren;
}

/** A table behind a picture. Rows that nobody sees would cost most of a step of the slider. */
export function TableBehind({ title, children }: TableBehindProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>Table: {title}</summary>
      {isOpen && (
        <div class="wide tall" tabIndex={0} role="group" aria-label={`${title}, table`}>
          {children()}
        </div>
      )}
    </details>
  );
}
