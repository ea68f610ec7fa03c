/** The file of service times that lies beside a journal. */
export const timingsPathOf = (journal: string): string =>
  `${journal.replace(/(\.ndjson)?(\.gz)?$/, '')}.timings`;
