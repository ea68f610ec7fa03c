export { comparisonWith } from './comparison';
export { startDashboard } from './dashboardServer';
export { followJournal } from './followJournal';
export type { FollowedJournal } from './followJournal';
export { journalOfRun } from './runInfo';
export { embeddedOf, staticPage } from './staticPage';
