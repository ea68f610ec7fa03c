import type { FeedView, MomentView } from '../protocol';
import { Figure } from './figures';
import { Table } from './table';

type Feed = NonNullable<MomentView['report']['feed']>;
type Source = Feed['bySource'][string];

const COUNTERS = [
  ...(['received', 'late', 'duplicate', 'missing', 'gaps', 'implausible'] as const),
  ...(['dropped', 'bad', 'other', 'discarded', 'reconnects'] as const),
];

interface Props {
  readonly feed: Feed | undefined;
  readonly links: readonly FeedView[];
}

/** Live feeds: whether they are connected, what came, and what is in no bar. */
export function FeedPanel({ feed, links }: Props) {
  if (feed === undefined) return null;
  const isConnected = (name: string): boolean =>
    links.some((link) => link.name === name && link.isConnected);
  return (
    <section aria-labelledby="feed-title">
      <h2 id="feed-title">Feeds</h2>
      <p>
        Lag of rows behind the fastest, p99:{' '}
        <Figure as="ms" path={['feed', 'lagP99Ms']} value={feed.lagP99Ms} />
      </p>
      <Table
        label="Feeds"
        rows={Object.entries(feed.bySource)}
        columns={[
          { title: 'feed', cell: ([name]) => name },
          {
            title: 'connection',
            cell: ([name, { disconnected }]) => (
              <span class={`key ${isConnected(name) ? 'perfect' : 'high'}`}>
                {isConnected(name) ? 'connected' : 'disconnected'}
                {disconnected !== undefined && `: ${disconnected}`}
              </span>
            ),
          },
          ...COUNTERS.map((counter) => ({
            title: counter,
            cell: ([name, counts]: [string, Source]) => (
              <Figure
                as="count"
                path={['feed', 'bySource', name, counter]}
                value={counts[counter]}
              />
            ),
          })),
        ]}
      />
      {feed.firstGaps !== undefined && (
        <>
          <h3>First gaps</h3>
          <ul>
            {feed.firstGaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
