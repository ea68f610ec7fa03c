/**
 * Runs the examples that are named, one after another, and prints what each wrote, as JSON. An example
 * is over when nothing keeps the process from ending.
 */
const { resolve } = require('node:path');

const waiting = process.argv.slice(2);
const outputs = {};
const write = process.stdout.write.bind(process.stdout);
let running;
process.stdout.write = (text) => {
  outputs[running] += text;
  return true;
};

function next() {
  running = waiting.shift();
  if (running === undefined) {
    process.off('beforeExit', next);
    write(JSON.stringify(outputs));
    return;
  }
  outputs[running] = '';
  require(resolve(running));
  // Asked again only after there was something to do.
  setImmediate(() => undefined);
}
process.on('beforeExit', next);
