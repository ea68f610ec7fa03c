/**
 * Mutation testing of the operators: `npm run mutation`, or of one file:
 * `npm run mutation -- --mutate operators/ring.ts`. The report is reports/mutation.html.
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
    // Specifications kill; a million items and 300,000 arrivals would only make each mutant wait.
    config: {
      roots: ['<rootDir>/spec/operators'],
      testPathIgnorePatterns: ['queueing\\.laws', 'deepBuffers'],
    },
    enableFindRelatedTests: true,
  },
  testRunnerNodeArgs: ['--require', './spec/support/surviveLateErrors.cjs'],
  concurrency: 2,
  timeoutMS: 5_000,
  // What a sandbox does not need: the mutated code is copied, not the rest of the checkout.
  ignorePatterns: ['/bench', '/dist', '/examples', '/reports', '/spec/sample', '/src'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  incremental: true,
  incrementalFile: 'reports/mutation.incremental.json',
  tempDirName: '.stryker-tmp',
};
