import type { RowKind } from './fileOptions';

/** What trades and quotes have, in the order in which readers give it. */
export const TICK_ROLES = ['price', 'size', 'side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

export type TickRole = (typeof TICK_ROLES)[number];

/** How the side of the aggressor is written, in lower case. */
export interface Sides {
  readonly buy: readonly string[];
  readonly sell: readonly string[];
}

/** Where a table has trades and quotes, besides what its bars are made of. */
export interface TickLayout {
  readonly columns: Readonly<Partial<Record<TickRole, number>>>;
  readonly sides?: Sides;
  /** Only rows that have this in this column are trades. */
  readonly tradeIf?: { readonly column: number; readonly value: string };
}

export const SIDE_WORDS: Sides = {
  buy: ['buy', 'b', 'bid', 'buyer', 'long'],
  sell: ['sell', 's', 'ask', 'a', 'seller', 'short'],
};

/** Of columns that say whether the buyer was the maker: then the seller was the aggressor. */
export const BUYER_IS_MAKER: Sides = { buy: ['false', '0', 'f'], sell: ['true', '1', 't'] };

/** 1 for a buy, -1 for a sell, 0 for anything else. */
export function sideReader({ buy, sell }: Sides = SIDE_WORDS): (text: string) => number {
  const known = new Map([
    ...buy.map((word) => [word, 1] as const),
    ...sell.map((word) => [word, -1] as const),
  ]);
  return (text) => known.get(text.trim().toLowerCase()) ?? 0;
}

/** Columns of bid and ask, where rows of a table of trades may be quotes alone: such have no price. */
export function quoteColumns({
  kind,
  ticks,
}: {
  readonly kind: RowKind;
  readonly ticks?: TickLayout;
}): readonly number[] {
  if (kind !== 'trades' || ticks === undefined) return [];
  return [ticks.columns.bid, ticks.columns.ask].filter((at) => at !== undefined);
}

/** What is passed over where no quotes are wanted. */
export const QUOTES = 'quotes';
