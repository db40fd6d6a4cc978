/** A folder for every test of a file, gone when the test is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** @param use is told its path before each test. */
export function inOwnFolder(use: (folder: string) => void): void {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steno-test-'))
    use(folder)
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
}
