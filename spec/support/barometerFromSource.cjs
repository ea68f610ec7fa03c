/** Preloaded, it lets an example that imports `barometer` find the sources instead of what was built. */
const Module = require('node:module');
const { join } = require('node:path');

const sources = {
  barometer: 'src/index.ts',
  'barometer/operators': 'operators/index.ts',
  'barometer/testing': 'src/testing/index.ts',
};
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...others) {
  const source = sources[request];
  return resolve.call(this, source ? join(__dirname, '../..', source) : request, ...others);
};
