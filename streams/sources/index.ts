export { openFiles } from './openFiles';
export type { FileCounts, FileSource } from './fileSource';
export type { FileOptions, PriceOfQuotes, Role } from './fileOptions';
export { SourceError } from './sourceError';
export type { SourceErrorCode } from './sourceError';
export { formats } from './formats';
export type { Format, FormatLayout, Probe } from './formats';
