import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../../src/cli/resources.ts'
import { cardOf, HUB, modelNamed, readCatalogue, remoteFiles } from '../../../src/models/catalogue.ts'
import { recommend } from '../../../src/models/recommend.ts'

const models = readCatalogue(CATALOGUE)
const cards = models.map(cardOf)
const MEMORY = 16e9

async function read(text: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-catalogue-'))
  try {
    await writeFile(join(folder, 'catalogue.json'), text)
    return readCatalogue(join(folder, 'catalogue.json'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('the catalogue', () => {
  it('has models of many families, each with its size, its licence and its languages', () => {
    expect(models.length).toBeGreaterThanOrEqual(10)
    expect(new Set(models.map(({ family }) => family)).size).toBeGreaterThanOrEqual(7)
    for (const { bytes, licence, languages, goodFor } of cards) {
      expect(bytes).toBeGreaterThan(20e6)
      expect(licence).not.toBe('')
      expect(languages).not.toEqual([])
      expect(goodFor).not.toBe('')
    }
  })

  it('says that a model is pinned only where every hash is known', () => {
    const [first] = models
    if (first === undefined) throw new Error('it is empty')
    const hashed = first.files.map((file) => ({ ...file, sha256: '0'.repeat(64) }))
    expect(cardOf({ ...first, files: hashed }).pinned).toBe(true)
    expect(cardOf({ ...first, files: [...hashed.slice(1), { path: 'a' }] }).pinned).toBe(false)
  })

  it.each<
    [string, (whole: { version: number; models: { name: string; files: { path: string }[] }[] }) => void]
  >([
    ['of a later version', (whole) => (whole.version = 2)],
    [
      'with a name twice',
      (whole) => whole.models.push(structuredClone(whole.models[0] ?? { name: '', files: [] })),
    ],
    ['with a file outside of its folder', (whole) => whole.models[0]?.files.push({ path: '../x' })],
    ['with a name that is a path', (whole) => Object.assign(whole.models[0] ?? {}, { name: 'a/b' })],
  ])('is refused %s', async (_, change) => {
    const whole = JSON.parse(await readFile(CATALOGUE, 'utf8')) as Parameters<typeof change>[0]
    change(whole)
    await expect(read(JSON.stringify(whole))).rejects.toMatchObject({ code: 'model-corrupt' })
  })

  it('takes a mirror for all models, and their own address where there is none', () => {
    const own = modelNamed(models, 'moonshine-streaming-tiny')
    const address = own.address ?? ''
    expect(address).not.toBe('')
    expect(remoteFiles(own)[0]?.url).toBe(`${address}/adapter.ort`)
    expect(remoteFiles(own, 'http://mirror')[0]?.url).toMatch(/^http:\/\/mirror\/.*\/resolve\//)
    expect(remoteFiles(modelNamed(models, 'whisper-base'))[0]?.url.startsWith(HUB)).toBe(true)
  })
})

describe('the recommendation', () => {
  it.each([
    ['en', 8, 16e9, 0.02, 'parakeet-tdt-0.6b-v2'],
    ['en', 2, 16e9, 0.02, 'moonshine-streaming-small'],
    ['en', 8, 2e9, 0.02, 'moonshine-streaming-small'],
    ['de', 8, 16e9, undefined, 'parakeet-tdt-0.6b-v3'],
    ['ja', 4, 8e9, undefined, 'sense-voice-small'],
    ['ar', 12, 32e9, undefined, 'whisper-large-v3-turbo'],
    [null, 8, 16e9, undefined, 'parakeet-tdt-0.6b-v2'],
  ] as const)(
    'for %s, %d cores, %d bytes, starter at %s: %s',
    (language, cores, memoryBytes, speed, name) => {
      expect(recommend(cards, { cores, memoryBytes, starterSpeed: speed }, language)).toBe(name)
    },
  )

  it('goes by how fast the built-in model was seen to be', () => {
    const machine = { cores: 4, memoryBytes: MEMORY }
    expect(recommend(cards, { ...machine, starterSpeed: 0.02 }, 'en')).toBe('parakeet-tdt-0.6b-v2')
    expect(recommend(cards, { ...machine, starterSpeed: 0.1 }, 'en')).toBe('moonshine-streaming-small')
  })

  it('is none where no model knows the language, or none fits', () => {
    expect(
      recommend(cards, { cores: 8, memoryBytes: MEMORY, starterSpeed: undefined }, 'tlh'),
    ).toBeUndefined()
    expect(recommend(cards, { cores: 8, memoryBytes: 1e8, starterSpeed: undefined }, 'en')).toBeUndefined()
  })
})
