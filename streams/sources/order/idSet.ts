/** Ids of a page: a bit for each. */
const PAGE = 32_768;
/** This many pages are a quarter of a gigabyte: ids that are spread wider are not looked at. */
const MOST_PAGES = 65_536;

/** Whole numbers that were met, as bits: vendors number rows one after another. */
export function idSet(): { isNew(id: number): boolean } {
  const pages = new Map<number, Uint32Array>();
  let number = -1;
  let page: Uint32Array = new Uint32Array(0);
  return {
    isNew: (id) => {
      const of = Math.floor(id / PAGE);
      if (of !== number) {
        const known = pages.get(of);
        if (known === undefined && (pages.size === MOST_PAGES || !Number.isSafeInteger(id)))
          return true;
        page = known ?? new Uint32Array(PAGE / 32);
        pages.set(of, page);
        number = of;
      }
      const bit = id - of * PAGE;
      const word = page[bit >> 5] as number;
      const mask = 1 << (bit & 31);
      if ((word & mask) !== 0) return false;
      page[bit >> 5] = word | mask;
      return true;
    },
  };
}
