import type { FeedView } from '../protocol';
import { Figure } from './figures';

/** Live feeds: whether they are connected, what came, and what is in no bar. */
export function FeedPanel({ feeds }: { readonly feeds: readonly FeedView[] }) {
  const [first] = feeds;
  if (first === undefined) return null;
  const counters = Object.keys(first.counts);
  return (
    <section aria-labelledby="feed-title">
      <h2 id="feed-title">Feeds</h2>
      <div class="wide" tabIndex={0} role="group" aria-label="Feeds, table">
        <table>
          <thead>
            <tr>
              <th scope="col">feed</th>
              <th scope="col">connected</th>
              {counters.map((counter) => (
                <th key={counter} scope="col">
                  {counter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {feeds.map(({ name, isConnected, counts }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{isConnected ? 'yes' : 'no'}</td>
                {counters.map((counter) => (
                  <td key={counter}>
                    <Figure as="count" value={counts[counter] ?? '0'} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
