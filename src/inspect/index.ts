export { inspectFile, UNKNOWN_SYMBOL } from './inspectFile';
export type { Inspection } from './inspectFile';
export { formatsAsMarkdown, renderFormats } from './renderFormats';
export { renderInspection } from './renderInspection';
