/** Languages by their names. Pure. */

/** Those that the models people use know best, by ISO 639 code. */
const COMMON =
  'en de fr es it pt nl pl cs sk sl hr hu ro bg el da sv no fi et lv lt uk ru tr ar he hi ja ko zh yue vi'

/** Code and English name, by name; the one that is chosen is among them. */
export function languageChoices(chosen: string | null): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const codes = new Set([...COMMON.split(' '), ...(chosen === null ? [] : [chosen])])
  return [...codes]
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort(([, a], [, b]) => a.localeCompare(b, 'en'))
}
