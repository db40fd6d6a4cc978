/** Shows a page the theme of `nativeTheme` as prefers-color-scheme. */
import { nativeTheme } from './desktop/native-theme.ts'
import type { Page } from './page.ts'

export function showTheme({ channel }: Page): void {
  channel.tell('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' }],
  })
}
