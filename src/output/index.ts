export { openBarsFile } from './barsFile';
export type { CsvOptions, TimeFormat } from './csv';
export { OutputError } from './outputError';
export { openOutputFile } from './outputFile';
export type { OutputFile } from './outputFile';
export type { RowsFile } from './rowsFile';
export { openSignalsFile } from './signalsFile';
export { openTicksFile } from './ticksFile';
