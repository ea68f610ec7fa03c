export { StageEvidence } from './stageEvidence';
export { worstOf } from './worst';
