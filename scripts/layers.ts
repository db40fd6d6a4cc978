/** Who may import whom (ARCHITECTURE.md), held by dependency-cruiser. */
import { cruise as cruiseModules, type IForbiddenRuleType, type ICruiseResult } from 'dependency-cruiser'

/** What each room may import besides itself; `node:` and packages are named where they are allowed. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  audio: ['src/shared', 'node:', 'mpg123-decoder', '@wasm-audio-decoders', 'ogg-opus-decoder', 'libflacjs'],
  engine: ['src/shared', 'node:', 'onnxruntime-node', 'onnxruntime-common', 'valibot'],
  supervisor: ['src/process', 'src/shared', 'node:'],
  process: ['src/shared', 'node:'],
  models: ['src/process', 'src/shared', 'node:', 'valibot', 'yauzl'],
  worker: ['src/engine', 'src/process', 'src/shared', 'node:'],
  text: ['src/shared'],
  keys: ['src/process', 'src/shared', 'node:', 'uiohook-napi'],
  main: [
    'src/supervisor',
    'src/text',
    'src/shared',
    'src/worker/entry',
    'src/models',
    'src/process/system-clock',
    'src/process/abort',
    // The header of the sound files it keeps; not the readers and their decoders.
    'src/audio/write-wav',
    'src/audio/flac-',
    'src/keys/entry',
    'node:',
    'electron',
    'valibot',
    '@ricky0123/vad-web',
  ],
  preload: ['src/shared', 'electron'],
  renderer: [
    'src/text',
    'src/shared',
    'src/audio/resample',
    'react',
    'react-dom',
    'zustand',
    '@ricky0123/vad-web',
    'onnxruntime-web',
  ],
  cli: [
    'src/audio',
    'src/models',
    'src/supervisor',
    'src/text',
    'src/process',
    'src/shared',
    'node:',
    '@ricky0123/vad-web',
  ],
}

export interface Cruised {
  readonly modules: number
  readonly violations: readonly string[]
}

export async function cruise(root: string): Promise<Cruised> {
  const forbidden: IForbiddenRuleType[] = [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    // What was dictated stays on this machine: no room opens a connection.
    {
      name: 'no-network',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)$' },
    },
    { name: 'no-test-in-src', severity: 'error', from: { path: '^src' }, to: { path: '^test' } },
    ...Object.entries(ROOMS).map(([room, allowed]): IForbiddenRuleType => ({
      name: `${room}-imports`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        pathNot: [`^src/${room}/`, ...allowed.map((path) => `^(node_modules/)?${path}`)],
        ...(allowed.includes('node:') ? { dependencyTypesNot: ['core' as const] } : {}),
      },
    })),
  ]
  const { output } = await cruiseModules(['src'], {
    baseDir: root,
    ruleSet: { forbidden },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  })
  const { modules, summary } = output as ICruiseResult
  return {
    modules: modules.filter(({ source }) => source.startsWith('src/')).length,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
