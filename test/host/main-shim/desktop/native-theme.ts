/** `electron.nativeTheme`: dark or light as the app says, else as the system would, which tests decide. */
import type Electron from 'electron'
import { StrictEmitter } from '../not-in-host.ts'

type Source = Electron.NativeTheme['themeSource']

const SOURCES: readonly unknown[] = ['system', 'light', 'dark']

class NativeTheme extends StrictEmitter implements Omit<Electron.NativeTheme, keyof NodeJS.EventEmitter> {
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false
  readonly shouldDifferentiateWithoutColor = false
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  #source: Source = 'system'
  #systemIsDark = false

  static setSystemDark(theme: NativeTheme, dark: boolean): void {
    theme.#change(() => {
      theme.#systemIsDark = dark
    })
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark'
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#systemIsDark
  }

  get themeSource(): Source {
    return this.#source
  }

  set themeSource(source: Source) {
    if (!SOURCES.includes(source))
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${source}`)
    this.#change(() => {
      this.#source = source
    })
  }

  /** `updated` comes a moment later, and only when there is something new to see (ui::NativeTheme). */
  #change(act: () => void): void {
    const before = this.shouldUseDarkColors
    act()
    if (this.shouldUseDarkColors !== before) setImmediate(() => this.emit('updated'))
  }
}

export const nativeTheme = new NativeTheme('nativeTheme')

export function setSystemDark(dark: boolean): void {
  NativeTheme.setSystemDark(nativeTheme, dark)
}
