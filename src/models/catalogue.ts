/** Published models that Steno reads, where they lie, and what is known of their files. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { StenoError } from '../shared/errors.ts'
import type { ModelCard, ModelName } from '../shared/models.ts'
import type { RemoteFile } from './download.ts'

/** A catalogue that says more than this Steno understands has a higher one. */
const VERSION = 1

export const MODEL_NAME = /^[a-z0-9][a-z0-9.-]{0,79}$/

/** Below its folder, whatever it says. */
const path = v.pipe(v.string(), v.regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/))
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const file = v.strictObject({
  path,
  /** As published, byte for byte … */
  bytes: v.optional(size),
  /** … or roughly, for the progress and the disk. */
  about: v.optional(size),
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
})

const model = v.strictObject({
  name: v.pipe(v.string(), v.regex(MODEL_NAME)),
  title: v.pipe(v.string(), v.minLength(1)),
  family: v.string(),
  languages: v.array(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/))),
  licence: v.string(),
  /** Owner and name on the hub. */
  repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/)),
  /** A commit; `main` where none was pinned yet, and then what comes may change. */
  revision: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  /** Where its makers keep the files themselves. */
  address: v.optional(v.pipe(v.string(), v.regex(/^https:\/\/\S+[^/\s]$/))),
  speed: v.picklist(['instant', 'steady', 'slow']),
  goodFor: v.string(),
  files: v.pipe(v.array(file), v.minLength(1)),
})

const catalogue = v.object({
  version: v.literal(VERSION),
  models: v.pipe(
    v.array(model),
    v.check((models) => new Set(models.map(({ name }) => name)).size === models.length, 'a name comes twice'),
  ),
})

export type CatalogueModel = v.InferOutput<typeof model>
/** As much of it as fetching needs. */
export type PublishedModel = Pick<CatalogueModel, 'name' | 'repository' | 'revision' | 'address' | 'files'>

export const HUB = 'https://huggingface.co'

/** Throws `model-corrupt` where the file is not what Steno ships. */
export function readCatalogue(fileName: string): readonly CatalogueModel[] {
  try {
    return v.parse(catalogue, JSON.parse(readFileSync(fileName, 'utf8'))).models
  } catch (cause) {
    throw new StenoError('model-corrupt', `The catalogue of models cannot be read: ${fileName}`, {
      file: fileName,
      hint: 'Install Steno again.',
      cause,
    })
  }
}

/** @param base of the hub or of a mirror of it, without a slash at its end; a mirror has all models. */
export function remoteFiles(
  { repository, revision, address, files }: PublishedModel,
  base = HUB,
): RemoteFile[] {
  const from = address !== undefined && base === HUB ? address : `${base}/${repository}/resolve/${revision}`
  return files.map((one) => ({
    path: one.path,
    bytes: one.bytes,
    about: one.about,
    sha256: one.sha256,
    url: `${from}/${one.path}`,
  }))
}

export function bytesOf(
  files: readonly { readonly bytes?: number | undefined; readonly about?: number | undefined }[],
): number {
  return files.reduce((sum, { bytes, about }) => sum + (bytes ?? about ?? 0), 0)
}

export function cardOf(one: CatalogueModel): ModelCard {
  const { name, title, family, languages, licence, speed, goodFor, files } = one
  return {
    ...{ name, title, family, languages, licence, speed, goodFor },
    bytes: bytesOf(files),
    memoryBytes: memoryFor(bytesOf(files)),
    pinned: files.every(({ sha256 }) => sha256 !== undefined),
    origin: 'catalogue',
  }
}

/** As the engine reckons before it loads: the process, and the weights one and a half times. */
export function memoryFor(modelBytes: number): number {
  return Math.round(96 * 2 ** 20 + 1.5 * modelBytes)
}

export function modelNamed(models: readonly CatalogueModel[], name: ModelName): CatalogueModel {
  const found = models.find((one) => one.name === name)
  if (found !== undefined) return found
  throw new StenoError('model-missing', `There is no model “${name}” in the catalogue.`, {
    hint: 'Look at the list for the names there are.',
  })
}
