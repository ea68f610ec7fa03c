import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { UnusableStrategyError } from './unusableStrategyError';

/** Whether somebody has taught `require` to read TypeScript already: Node, ts-node, or a test runner. */
function canRequireTypeScript(): boolean {
  const { typescript } = process.features as {
    readonly typescript?: false | 'strip' | 'transform';
  };
  return typeof typescript === 'string' || '.ts' in createRequire(__filename).extensions;
}

/**
 * Makes `require` understand TypeScript, without checking types. ts-node is not among our
 * dependencies: it is looked for beside the strategy, where the command runs, and beside us.
 */
export function prepareTypeScript(path: string): void {
  const ours = createRequire(__filename);
  if (canRequireTypeScript()) return;
  let tsNode: string;
  try {
    tsNode = ours.resolve('ts-node', {
      paths: [dirname(resolve(path)), process.cwd(), __dirname],
    });
  } catch (cause) {
    throw new UnusableStrategyError(
      path,
      'is TypeScript, and ts-node is not installed to read it',
      'Install it: npm install ts-node typescript. Or compile the strategy to JavaScript.',
      { cause },
    );
  }
  const { register } = ours(tsNode) as typeof import('ts-node');
  register({
    transpileOnly: true,
    skipProject: true,
    // Also beside a package.json that says "type": "module".
    moduleTypes: { '**/*': 'cjs' },
    // TypeScript 6 warns of ts-node's own way to resolve modules: option deprecated.
    ignoreDiagnostics: [5101, 5107],
    compilerOptions: { module: 'commonjs', target: 'es2022', esModuleInterop: true },
  });
}
