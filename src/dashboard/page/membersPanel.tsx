import type { MemberView } from '../protocol';
import { Figure, GradeMark } from './figures';
import { Table } from './table';

/** The runs that are shown as one. */
export const MembersPanel = ({ members }: { readonly members: readonly MemberView[] }) => (
  <section aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    <Table
      label="Runs"
      rows={members}
      columns={[
        { title: 'part', cell: ({ part, task }) => <span title={task}>{part}</span> },
        { title: 'strategies', cell: ({ strategies }) => strategies.join(' ') },
        { title: 'state', cell: ({ status }) => status },
        { title: 'grade', cell: ({ grade }) => <GradeMark grade={grade} /> },
        { title: 'behind', cell: ({ behindShare }) => <Figure as="share" value={behindShare} /> },
        {
          title: 'sustainable speed',
          cell: ({ sustainableSpeed }) =>
            sustainableSpeed === null ? (
              'any'
            ) : (
              <Figure as="count" value={Math.floor(sustainableSpeed)} />
            ),
        },
        { title: 'signals', cell: ({ signals }) => <Figure as="count" value={signals} /> },
        { title: 'errors', cell: ({ errors }) => <Figure as="count" value={errors} /> },
      ]}
    />
  </section>
);
