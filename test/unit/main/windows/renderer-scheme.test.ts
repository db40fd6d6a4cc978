import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policyOf, rangeOf, recordingOf, resolveFile } from '../../../../src/main/windows/renderer-scheme.ts'
import { isOurs } from '../../../../src/main/windows/security.ts'

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

  it('names the sound of a dictation by its number and nothing else', () => {
    const get = (url: string): number | undefined => recordingOf({ method: 'GET', url })
    expect(get('app://steno/recordings/12.wav')).toBe(12)
    for (const path of [
      '12',
      '-1.wav',
      '1.5.wav',
      '../1.wav',
      '12.wav/x',
      `${'9'.repeat(16)}.wav`,
      '%31.wav',
    ]) {
      expect(get(`app://steno/recordings/${path}`)).toBeUndefined()
    }
    expect(get('app://other/recordings/12.wav')).toBeUndefined()
    expect(recordingOf({ method: 'POST', url: 'app://steno/recordings/12.wav' })).toBeUndefined()
  })

  it.each([
    [null, undefined],
    ['bytes=0-', { from: 0, end: 100 }],
    ['bytes=10-19', { from: 10, end: 20 }],
    ['bytes=90-500', { from: 90, end: 100 }],
    ['bytes=100-', undefined],
    ['bytes=-5', undefined],
    ['lines=1-2', undefined],
  ])('takes the range %s of 100 bytes as %j', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range)
  })

  it('lets only the page that owns the microphone and its worker compile WebAssembly', () => {
    for (const page of ['/capture.html', '/assets/thread-BF-Glrjq.js']) {
      expect(policyOf(page)).toContain("script-src 'self' 'wasm-unsafe-eval';")
    }
    for (const page of [
      '/assets/index-1.js',
      '/assets/thread-1.js.html',
      '/',
      '/index.html',
      '/overlay.html',
      '/Capture.html',
      '/x/capture.html',
    ]) {
      expect(policyOf(page)).toContain("script-src 'self';")
    }
  })
})
