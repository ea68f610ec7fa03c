/**
 * Runs npm scripts in lanes: `node runChecks.cjs 'a b' 'c'` runs a, then b, and c beside them. Each check
 * uses one core, so two lanes keep two cores busy. A failed script ends its lane, not the others. The
 * output of a script appears when it ends; a summary with the time of each script follows.
 */
const { spawn } = require('node:child_process');

const summary = [];

const run = (script) =>
  new Promise((resolve) => {
    const began = performance.now();
    const output = [];
    const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (bytes) => output.push(bytes));
    child.stderr.on('data', (bytes) => output.push(bytes));
    child.on('close', (code) => {
      process.stdout.write(`> ${script}\n${Buffer.concat(output).toString()}`);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      summary.push(`${code === 0 ? 'ok    ' : 'FAILED'}  ${seconds.padStart(6)} s  ${script}`);
      resolve(code === 0);
    });
  });

async function runLane(scripts) {
  for (const script of scripts) {
    if (await run(script)) continue;
    process.exitCode = 1;
    return;
  }
}

const lanes = process.argv.slice(2).map((lane) => lane.split(' '));
void Promise.all(lanes.map(runLane)).then(() => {
  console.log(`\n${summary.join('\n')}\n`);
});
