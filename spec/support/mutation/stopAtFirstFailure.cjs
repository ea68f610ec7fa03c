const { TestEnvironment } = require('jest-environment-node');

/** A mutant is dead when one test fails: what comes after it in the file is skipped. */
module.exports = class StopAtFirstFailure extends TestEnvironment {
  #failed = false;

  handleTestEvent(event) {
    if (event.name === 'test_done') this.#failed ||= event.test.errors.length > 0;
    if (event.name === 'test_start' && this.#failed) event.test.mode = 'skip';
  }
};
