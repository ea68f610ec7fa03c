export { inspectFile } from './inspectFile';
export type { Inspection } from './inspectFile';
export { formatsAsMarkdown, renderFormats } from './renderFormats';
export { renderInspection } from './renderInspection';
