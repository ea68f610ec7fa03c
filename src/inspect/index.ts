export { inspectFile } from './inspectFile';
export type { Gap, Inspection, Window } from './inspectFile';
export { isoOf } from './isoOf';
export { formatsAsMarkdown, renderFormats } from './renderFormats';
export { renderInspection } from './renderInspection';
