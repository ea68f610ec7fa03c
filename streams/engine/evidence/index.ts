export { StageEvidence } from './stageEvidence';
export type { StageEvidenceOptions } from './stageEvidence';
export { KEPT, worstOf } from './worst';
