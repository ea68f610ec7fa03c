/** What the address of the page says: a moment and the start of a span, in epoch milliseconds of market time. */
export interface Place {
  /** Absent: the end, and what comes after it. */
  readonly at?: number;
  readonly from?: number;
  /** The last window that had ended by an event, in place of `at`. */
  readonly event?: number;
}

const EVENT = /^\d{1,15}$/;

const timeIn = (parameters: URLSearchParams, name: string): number | undefined => {
  const text = parameters.get(name) ?? '';
  const time = Date.parse(text);
  return EVENT.test(text) || Number.isNaN(time) ? undefined : time;
};

const timeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

export function placeIn(hash: string): Place {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const [at, from] = [timeIn(parameters, 'at'), timeIn(parameters, 'from')];
  const event = parameters.get('at') ?? '';
  return {
    ...(at === undefined ? {} : { at }),
    ...(from === undefined ? {} : { from }),
    ...(EVENT.test(event) ? { event: Number(event) } : {}),
  };
}

/** The address of a moment; without one, that of the end. */
export function hashOf({ at, from, event }: Place): string {
  const moment = at === undefined ? event : timeText(at);
  const parts = [
    ...(moment === undefined ? [] : [`at=${moment}`]),
    ...(from === undefined ? [] : [`from=${timeText(from)}`]),
  ];
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

/** The run to compare with. */
export const otherIn = (search: string): string | undefined =>
  new URLSearchParams(search).get('with') ?? undefined;
