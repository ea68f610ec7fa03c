/** What the address of the page says: the moment, the start of a span, and the other run. */
export interface Place {
  /** Absent: the end, and what comes after it. */
  readonly at?: number;
  readonly from?: number;
}

const numberIn = (parameters: URLSearchParams, name: string): number | undefined => {
  const text = parameters.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

export function placeIn(hash: string): Place {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const [at, from] = [numberIn(parameters, 'at'), numberIn(parameters, 'from')];
  return { ...(at === undefined ? {} : { at }), ...(from === undefined ? {} : { from }) };
}

/** The address of a moment; without one, that of the end. */
export function hashOf({ at, from }: Place): string {
  const parts = [
    ...(at === undefined ? [] : [`at=${at}`]),
    ...(from === undefined ? [] : [`from=${from}`]),
  ];
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

/** The run to compare with. */
export const otherIn = (search: string): string | undefined =>
  new URLSearchParams(search).get('with') ?? undefined;
