export { inspectFile, UNKNOWN_SYMBOL } from './inspectFile';
export type { Inspection } from './inspectFile';
export { renderFormats } from './renderFormats';
export { renderInspection } from './renderInspection';
