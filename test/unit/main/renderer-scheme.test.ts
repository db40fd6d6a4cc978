import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveFile } from '../../../src/main/renderer-scheme.ts'
import { isOurs } from '../../../src/main/security.ts'

const FOLDER = join('/app', 'out', 'renderer')

describe('app://steno', () => {
  it('names files of the renderer', () => {
    const get = (url: string): string | undefined => resolveFile(FOLDER, { method: 'GET', url })
    expect(get('app://steno/')).toBe(join(FOLDER, 'index.html'))
    expect(get('app://steno/assets/index-1.js?x#y')).toBe(join(FOLDER, 'assets/index-1.js'))
    expect(get('app://steno/a%20b.svg')).toBe(join(FOLDER, 'a b.svg'))
  })

  it.each([
    ['GET', 'app://steno/../main/index.js'],
    ['GET', 'app://steno/%2e%2e/main/index.js'],
    ['GET', 'app://steno/..%2f..%2fetc/passwd'],
    ['GET', 'app://steno/%00'],
    ['GET', 'app://steno/%zz'],
    ['GET', 'app://other/index.html'],
    ['GET', 'nonsense'],
    ['POST', 'app://steno/index.html'],
  ])('never reaches outside: %s %s', (method, url) => {
    const file = resolveFile(FOLDER, { method, url })
    expect(file === undefined || file.startsWith(`${FOLDER}/`)).toBe(true)
    if (method === 'POST' || !url.startsWith('app://steno')) expect(file).toBeUndefined()
  })

  it('is the only origin that is ours', () => {
    expect(isOurs('app://steno/index.html')).toBe(true)
    for (const url of [
      'app://steno.evil/',
      'https://steno/',
      'app://',
      '',
      'file:///etc',
      'app://steno@evil/',
    ]) {
      expect(isOurs(url)).toBe(false)
    }
  })
})
