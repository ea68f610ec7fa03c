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

/** Returns both, a line for each subscription, where they differ, and points at the first difference. */
export function compareSubscriptions(
  actual: SubscriptionLogs,
  expected: SubscriptionLogs,
): string | undefined {
  const came = actual.map(drawn);
  const wanted = expected.map(drawn);
  const first = firstDifference(came, wanted);
  if (first === undefined) return undefined;
  return [
    ...lines('expected', wanted),
    ...lines('actual', came),
    pointer(actual, expected, first),
  ].join('\n');
}

function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) if (a[i] !== b[i]) return i;
  return undefined;
}

function pointer(actual: SubscriptionLogs, expected: SubscriptionLogs, index: number): string {
  const [came, wanted] = [actual[index], expected[index]];
  const place = `subscription ${index + 1}`;
  if (wanted === undefined)
    return `  ${place}: none expected, one at frame ${came?.subscribedFrame}`;
  if (came === undefined)
    return `  ${place}: expected at frame ${wanted.subscribedFrame}, none came`;
  const began = came.subscribedFrame === wanted.subscribedFrame;
  const [what, expectedAt, at] = began
    ? ['end', wanted.unsubscribedFrame, came.unsubscribedFrame]
    : ['begin', wanted.subscribedFrame, came.subscribedFrame];
  return `  ${place}: expected to ${what} ${frame(expectedAt)}, and did ${frame(at)}`;
}

const frame = (at: number): string => (at < Infinity ? `at frame ${at}` : 'never');

const lines = (title: string, logs: readonly string[]): string[] =>
  logs.length === 0
    ? [`${title.padEnd(10)}(no subscription)`]
    : logs.map((log, i) => `${(i === 0 ? title : '').padEnd(10)}${log}`);

const drawn = ({ subscribedFrame, unsubscribedFrame }: SubscriptionLogs[number]): string =>
  drawMarbles([
    { frame: subscribedFrame, letter: '^' },
    ...(unsubscribedFrame < Infinity ? [{ frame: unsubscribedFrame, letter: '!' }] : []),
  ]);
