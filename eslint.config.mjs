import tseslint from 'typescript-eslint';

/** Folder → folders whose values it may import; types may come from anywhere the compiler allows. */
const mayImport = {
  common: [],
  methods: ['common'],
  charts: ['common', 'methods'],
  words: ['common'],
  report: ['common', 'methods', 'charts', 'words'],
  pictures: ['common'],
  dataset: ['common', 'methods', 'words', 'pictures'],
  profile: ['common', 'methods', 'words', 'dataset'],
  config: ['common', 'methods', 'words', 'dataset', 'profile'],
  check: ['common', 'methods', 'words', 'dataset', 'profile', 'config'],
  predictions: ['common', 'methods', 'words', 'dataset', 'profile', 'config'],
  recommend: ['common', 'methods', 'words', 'dataset', 'profile', 'config'],
  exporters: [
    'common',
    'methods',
    'words',
    'dataset',
    'profile',
    'config',
    'predictions',
    'recommend',
  ],
  trainer: [
    'common',
    'methods',
    'words',
    'report',
    'pictures',
    'dataset',
    'config',
    'protocol',
    'runtime',
  ],
  outputs: ['common', 'methods', 'report', 'dataset', 'config', 'protocol'],
  run: ['common', 'protocol'],
  protocol: ['common'],
  runtime: ['common'],
  cli: [
    'common',
    'methods',
    'charts',
    'words',
    'report',
    'dataset',
    'profile',
    'config',
    'check',
    'predictions',
    'recommend',
    'exporters',
    'outputs',
    'run',
    'protocol',
    'runtime',
  ],
  host: [
    'common',
    'methods',
    'charts',
    'words',
    'report',
    'dataset',
    'profile',
    'config',
    'check',
    'predictions',
    'recommend',
    'exporters',
    'outputs',
    'run',
    'protocol',
    'runtime',
  ],
};
const folders = Object.keys(mayImport);
/** Stages that stand on the ports alone: no Node module but in the files named below. */
const pure = [
  'common',
  'methods',
  'charts',
  'words',
  'report',
  'pictures',
  'profile',
  'config',
  'check',
  'recommend',
  'exporters',
  'protocol',
];
/** Forbids value imports that match one of the expressions; types may still come from there. */
const restrict = (files, expressions, ignores = []) => ({
  files,
  ignores,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: expressions.join('|'),
            allowTypeImports: true,
            message: 'This folder may not import values from there (docs/architecture.md).',
          },
        ],
      },
    ],
  },
});

const tfjs = '^@tensorflow/';
const among = (names) => `^(\\.\\./)+(src/)?(${names.join('|')})(/|$)`;

const boundaries = folders.map((folder) =>
  restrict(
    [`src/${folder}/**/*.ts`],
    [
      among([
        ...folders.filter((other) => other !== folder && !mayImport[folder].includes(other)),
        'webview',
      ]),
      ...(folder === 'trainer' ? [] : [tfjs]),
      ...(folder === 'host' ? [] : ['^vscode$']),
      ...(pure.includes(folder) ? ['^node:'] : []),
    ],
  ),
);

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'sample/**', 'test/fixtures/**', '.vscode-test/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.mjs',
            '*.mts',
            'scripts/*.mjs',
            'scripts/*/*.mjs',
            'test/*/*.mjs',
          ],
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 80,
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksConditionals: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ImportDeclaration[source.value=/^zod/] :matches(ImportSpecifier, ImportDefaultSpecifier)',
          message: 'Use import * as z: it bundles a sixth of the size.',
        },
      ],
    },
  },
  { files: ['src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  ...boundaries,
  // The thread of the exporters is the one place of theirs that reads and writes.
  restrict(
    ['src/exporters/thread/**/*.ts'],
    [
      among(['trainer', 'host', 'cli', 'report', 'protocol', 'runtime', 'webview']),
      tfjs,
      '^vscode$',
    ],
  ),
  restrict(
    ['webview/**/*.ts'],
    [
      among(
        folders.filter(
          (folder) => !['common', 'methods', 'charts', 'report', 'words'].includes(folder),
        ),
      ),
      '^vscode$',
      '^node:',
      tfjs,
      '^@vscode/webview-ui-toolkit',
    ],
    ['webview/ui/**'],
  ),
  {
    files: ['src/trainer/**/*.ts'],
    ignores: ['src/trainer/backend/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: tfjs, message: 'The library is reached through trainer/backend only.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.mts'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.mjs'],
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
