/** Preloaded, it lets an example that imports `barometer` find the sources instead of what was built. */
const Module = require('node:module');
const { join } = require('node:path');
const { entries } = require('./entries.cjs');

const sources = Object.fromEntries(entries.map(({ name, source }) => [name, source]));
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...others) {
  const source = sources[request];
  return resolve.call(this, source ? join(__dirname, '../..', source) : request, ...others);
};
