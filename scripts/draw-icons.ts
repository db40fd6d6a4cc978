/**
 * `npm run icons`: draws resources/icons/*.png. The pictures are small enough to be written here as SVG; Chromium
 * renders them at the sizes a desktop asks for.
 */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { chromium } from '@playwright/test'
import { findChromium } from './engines.ts'

const FOLDER = resolve(import.meta.dirname, '../resources/icons')

const INK = '#2f5fd0'
const LIVE = '#d92d20'
const WARN = '#b54708'

/** A word in shorthand: one stroke that rises from a breath to a voice and comes back. */
const STROKE = 'M4 14.5 C6 14.5 6.6 10 8.4 10 S10.6 18 12.4 18 S14.2 5.5 16 5.5 S18 14.5 20 14.5'

interface Picture {
  readonly name: string
  /** Device-independent pixels; an @2x is drawn beside it. */
  readonly size: number
  readonly svg: string
}

function framed(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`
}

function stroke(colour: string, width: number): string {
  return `<path d="${STROKE}" stroke="${colour}" stroke-width="${width}"/>`
}

function tray(state: string, ink: string): string {
  switch (state) {
    case 'listening':
      return framed(
        `<circle cx="12" cy="12" r="11" fill="${LIVE}"/><g transform="translate(2.4 2.4) scale(.8)">${stroke('#fff', 2.6)}</g>`,
      )
    case 'decoding':
      return framed([5, 12, 19].map((x) => `<circle cx="${x}" cy="12" r="2.4" fill="${ink}"/>`).join(''))
    case 'failed':
      return framed(
        `<g opacity=".75">${stroke(ink, 2.2)}</g><circle cx="18.5" cy="18.5" r="5" fill="${WARN}"/><path d="M18.5 16v2.6M18.5 20.9v.1" stroke="#fff" stroke-width="1.6"/>`,
      )
    default:
      return framed(stroke(ink, 2.2))
  }
}

const PICTURES: readonly Picture[] = [
  {
    name: 'app',
    size: 256,
    svg: framed(
      `<rect x="1" y="1" width="22" height="22" rx="5.5" fill="${INK}"/><g transform="translate(2.4 2.4) scale(.8)">${stroke('#fff', 2)}</g>`,
    ),
  },
  ...['idle', 'listening', 'decoding', 'failed'].flatMap((state) => [
    { name: `tray-${state}-dark-ink`, size: 22, svg: tray(state, '#1c1c1e') },
    { name: `tray-${state}-light-ink`, size: 22, svg: tray(state, '#f5f5f7') },
  ]),
]

const executablePath = findChromium()
if (executablePath === undefined) throw new Error('No Chromium was found: apt-get install chromium')
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
try {
  for (const { name, size, svg } of PICTURES) {
    for (const scale of [1, 2]) {
      const page = await browser.newPage({
        viewport: { width: size, height: size },
        deviceScaleFactor: scale,
      })
      await page.setContent(
        `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
      )
      const png = await page.screenshot({ omitBackground: true })
      await writeFile(join(FOLDER, `${name}${scale === 2 ? '@2x' : ''}.png`), png)
      await page.close()
    }
  }
} finally {
  await browser.close()
}
