import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { electronContract } from './scripts/electron-contract-rule.ts'

/** Time and timers come in through a Clock where tests must control them. */
const clockOnly = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date', 'performance'].map(
  (name) => ({ name, message: 'Use the injected Clock (src/shared/clock.ts).' }),
)

/** Each of these has one importer, which wraps it; everybody else uses the wrapper. */
const DOORS = {
  ipcMain: 'src/main/ipc.ts',
  ipcRenderer: 'src/preload/ipc.ts',
  utilityProcess: 'src/main/system/utility-adapter.ts',
  globalShortcut: 'src/main/keys/shortcuts.ts',
}

const doorRules = Object.values(DOORS).map((door) => ({
  files: [door],
  rules: { 'no-restricted-imports': ['error', closedDoors(door)] },
}))

function closedDoors(except) {
  const names = Object.keys(DOORS).filter((name) => DOORS[name] !== except)
  return {
    paths: [
      {
        name: 'electron',
        importNames: names,
        message: 'It has one importer: see DOORS in eslint.config.js.',
      },
    ],
  }
}

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'training'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An AbortSignal's reason is the caller's own value and is handed on untouched.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: false, allowThrowingUnknown: true },
      ],
      'max-lines': ['error', { max: 400 }],
      // A switch that names every case of a union is one decision.
      complexity: ['error', { max: 12, variant: 'modified' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
    },
  },
  {
    files: [
      'src/supervisor/**',
      'src/engine/**',
      'src/worker/**',
      'src/audio/**',
      'src/keys/**',
      'src/process/**',
      'src/main/keys/**',
    ],
    ignores: ['src/process/system-clock.ts', 'src/process/parent-watch.ts'],
    rules: { 'no-restricted-globals': ['error', ...clockOnly] },
  },
  {
    files: ['src/main/**', 'src/preload/**'],
    plugins: { steno: { rules: { 'electron-contract': electronContract } } },
    rules: { 'steno/electron-contract': 'error' },
  },
  { files: ['src/**'], rules: { 'no-restricted-imports': ['error', closedDoors()] } },
  ...doorRules,
  { files: ['src/cli/**', 'scripts/**', 'bench/**', 'test/chaos/**'], rules: { 'no-console': 'off' } },
  { files: ['test/**'], rules: { 'max-lines': ['error', { max: 600 }] } },
  // Tools that load these files want a default export.
  {
    files: ['*.config.{js,ts}', 'test/tally-reporter.ts', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
