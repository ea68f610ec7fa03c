export { ROWS, ServiceColumns } from './serviceColumns';
export { StageEvidence } from './stageEvidence';
export { worstOf } from './worst';
