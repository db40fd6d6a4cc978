/** Damage done to a copy of a model folder. Decided by the numbers handed in, and said in words. */
import { copyFile, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

export const KINDS = ['missing', 'truncated', 'bit-flipped', 'swapped', 'foreign'] as const
export type Kind = (typeof KINDS)[number]

export interface Damage {
  readonly kind: Kind
  /** What was done, with the names of the files. */
  readonly text: string
  /** Absolute paths of the files that are not what they were. */
  readonly files: readonly string[]
}

/** Bits that may flip in one file. */
const FLIPS_AT_MOST = 4
/** Graphs say at their beginning how they are made up, and weights follow: half of the damage is done there. */
const HEAD_BYTES = 2048

/**
 * @param folder of the copy, which is changed
 * @param others folders of other models: `foreign` puts one of their files in the place of one of this
 * @param random in [0, 1)
 */
export async function mutilate(
  folder: string,
  kind: Kind,
  others: readonly string[],
  random: () => number,
): Promise<Damage> {
  const files = await filesIn(folder)
  const file = pick(files, random)
  const name = basename(file)
  const damage = (text: string, ...more: string[]): Damage => ({ kind, text, files: [file, ...more] })
  switch (kind) {
    case 'missing':
      await rm(file)
      return damage(`${name} is missing`)
    case 'truncated': {
      const bytes = await readFile(file)
      const length = Math.floor(random() * bytes.length)
      await writeFile(file, bytes.subarray(0, length))
      return damage(`${name} ends after ${length} of ${bytes.length} bytes`)
    }
    case 'bit-flipped': {
      const bytes = await readFile(file)
      const span = random() < 0.5 ? Math.min(HEAD_BYTES, bytes.length) : bytes.length
      const flips = Array.from({ length: 1 + Math.floor(random() * FLIPS_AT_MOST) }, () =>
        Math.floor(random() * 8 * span),
      )
      for (const bit of flips) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await writeFile(file, bytes)
      return damage(`${name} has other bits at ${flips.join(', ')}`)
    }
    case 'swapped': {
      const other = pick(
        files.filter((candidate) => candidate !== file),
        random,
      )
      await rename(file, `${file}.aside`)
      await rename(other, file)
      await rename(`${file}.aside`, other)
      return damage(`${name} and ${basename(other)} have changed places`, other)
    }
    case 'foreign': {
      const other = pick(await filesIn(pick(others, random)), random)
      await copyFile(other, file)
      return damage(`${name} is ${basename(other)} of another model`)
    }
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = names.sort().map((name) => join(folder, name))
  const found = await Promise.all(paths.map((path) => stat(path)))
  return paths.filter((_, index) => found[index]?.isFile() === true)
}

function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)]
  if (found === undefined) throw new RangeError('there is nothing to choose from')
  return found
}
