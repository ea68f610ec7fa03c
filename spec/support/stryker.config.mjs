/**
 * Mutation testing of the operators: `npm run mutation`, or of one file:
 * `npm run mutation -- --mutate operators/kernel/ring.ts`, with MUTATION_SPECS=ring by its own specs alone. The report is reports/mutation.html.
 */
export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  mutate: ['operators/**/*.ts', '!operators/index.ts'],
  jest: {
    projectType: 'custom',
    configFile: 'package.json',
    // All specifications in one file and one environment: a mutant costs a second that way, not ten.
    config: {
      roots: ['<rootDir>/spec/operators', '<rootDir>/spec/support/mutation'],
      testMatch: ['<rootDir>/spec/support/mutation/allOperators.ts'],
      testEnvironment: './spec/support/mutation/stopAtFirstFailure.cjs',
      // What a mutant keeps from ever ending fails after this.
      testTimeout: 10_000,
    },
    enableFindRelatedTests: false,
  },
  // A mutant that fills the memory is not to fill all of it.
  testRunnerNodeArgs: [
    '--require',
    './spec/support/surviveLateErrors.cjs',
    '--max-old-space-size=1024',
  ],
  concurrency: 2,
  timeoutMS: 1_000,
  // What a sandbox does not need: the mutated code is copied, not the rest of the checkout.
  ignorePatterns: [
    ...['/bench', '/dist', '/docs', '/examples', '/monitoring', '/reports', '/src', '/streams'],
    ...['acceptance', 'bench', 'consumers', 'faults', 'sample', 'src', 'streams'].map(
      (folder) => `/spec/${folder}`,
    ),
    '.stryker-tmp*',
  ],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  incremental: true,
  incrementalFile: 'reports/mutation.incremental.json',
  tempDirName: '.stryker-tmp',
};
