import { TestScheduler } from 'rxjs/testing';
import { drawMarbles } from './drawMarbles';

/** When an Observable was subscribed to, and when left: `subscriptions` of a cold or hot one. */
export type SubscriptionLogs = readonly {
  readonly subscribedFrame: number;
  readonly unsubscribedFrame: number;
}[];

/** What subscription marbles show, a diagram for each subscription. */
export function parseSubscriptions(marbles: string | readonly string[]): SubscriptionLogs {
  const diagrams = typeof marbles === 'string' ? [marbles] : marbles;
  return diagrams
    .map((diagram) => TestScheduler.parseMarblesAsSubscriptions(diagram, true))
    .filter(({ subscribedFrame }) => subscribedFrame < Infinity);
}

/** Returns both, a line for each subscription, where they differ. */
export function compareSubscriptions(
  actual: SubscriptionLogs,
  expected: SubscriptionLogs,
): string | undefined {
  const came = actual.map(drawn);
  const wanted = expected.map(drawn);
  if (came.length === wanted.length && came.every((log, i) => log === wanted[i])) return undefined;
  return [...lines('expected', wanted), ...lines('actual', came)].join('\n');
}

const lines = (title: string, logs: readonly string[]): string[] =>
  logs.length === 0
    ? [`${title.padEnd(10)}(no subscription)`]
    : logs.map((log, i) => `${(i === 0 ? title : '').padEnd(10)}${log}`);

const drawn = ({ subscribedFrame, unsubscribedFrame }: SubscriptionLogs[number]): string =>
  drawMarbles([
    { frame: subscribedFrame, letter: '^' },
    ...(unsubscribedFrame < Infinity ? [{ frame: unsubscribedFrame, letter: '!' }] : []),
  ]);
