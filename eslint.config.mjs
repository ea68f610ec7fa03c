import { readFileSync } from 'node:fs';
import rxjs from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const { optionalDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      'coverage/',
      'reports/',
      'site/',
      '.stryker-tmp/',
      // They import peers, which have no types until bench/node_modules is installed.
      'bench/src/rows/{files,ix,tardis}.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked, rxjs.configs.strict],
    languageOptions: {
      // The nearest tsconfig.json, as in an editor.
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // `typeof import('…')` types a module that is loaded only when it is needed.
        { disallowTypeAnnotations: false },
      ],
      // They are loaded when they are needed, through `requireOptional`.
      '@typescript-eslint/no-require-imports': [
        'error',
        {
          allow: Object.keys({ ...optionalDependencies, ...peerDependenciesMeta }).map(
            (name) => `^${name}$`,
          ),
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // An operator passes its source's error on as it came, whatever it is.
      'rxjs-x/throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      // Numbers in messages are what messages are for; objects and undefined stay forbidden.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['operators/**/*.ts', 'streams/**/*.ts', 'src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          // Each value of a spread is an argument on the stack: a hundred thousand overflow it.
          selector:
            'CallExpression[callee.property.name=/^(max|min|push|unshift|splice|toSpliced|fromCharCode|fromCodePoint)$/] > SpreadElement',
          message: 'Use largestOf, smallestOf or appendAll of operators/kernel/extremes.ts.',
        },
      ],
    },
  },
  {
    files: ['operators/internal/booleanSubject.ts', 'operators/internal/operatorSubscriber.ts'],
    rules: {
      // A readiness is a BehaviorSubject by contract, and what an item passes at every entrance is a
      // Subscriber with nothing in between; both are said and tested where they are made.
      'rxjs-x/no-subclass': 'off',
    },
  },
  {
    files: ['spec/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // RxJS throws an unhandled error, and a thrown error fails the test or ends the benchmark.
      'rxjs-x/no-ignored-error': 'off',
      // Interfaces require promises and async iterables; a fake often has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
);
