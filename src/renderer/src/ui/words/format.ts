/** Numbers as people read them. Pure. */

const TIME = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const MEGABYTE = 1_000_000

/** Time of day. @param at milliseconds since 1970. */
export function timeOfDay(at: number): string {
  return TIME.format(at)
}

/** 7 → `0:07`, 3725 → `1:02:05`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  const rest = two(whole % 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** 84.4 → `84 ms`, 1340 → `1.3 s`. */
export function milliseconds(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** 1500 → `1.5 s`, 20000 → `20 s`. */
export function pauseOf(ms: number): string {
  return `${Number((ms / 1_000).toFixed(1))} s`
}

/** 312_400_000 → `312 MB`. */
export function memory(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(0)} MB`
}

/** A share of one core: 0.124 → `12 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

/** `1 dictation`, `12 dictations`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** The end of a text, cut at a word, within about `most` characters. */
export function tailOf(text: string, most: number): string {
  if (text.length <= most) return text
  const tail = text.slice(-most)
  const space = tail.indexOf(' ')
  return `… ${space < 0 ? tail : tail.slice(space + 1)}`
}

/** The beginning of a text, cut at a word, within about `most` characters. */
export function headOf(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, most)
  const space = head.lastIndexOf(' ')
  return `${space < 0 ? head : head.slice(0, space)} …`
}
