/**
 * Chromium cannot be taught a new scheme from outside, so `app://steno/x` is loaded as `http://steno.localhost:PORT/x`
 * (a secure context, on a loopback server with one port for each scheme). Main sees the app's own URLs only.
 */

/** Scheme → port of its loopback server. */
const ports = new Map<string, number>()

export function assignPort(scheme: string, port: number): void {
  ports.set(scheme, port)
}

/** The URL Chromium is to load. */
export function toChromium(url: string): string {
  const parsed = URL.parse(url)
  const port = ports.get(parsed?.protocol.slice(0, -1) ?? '')
  if (parsed === null || port === undefined) return url
  return `http://${parsed.host}.localhost:${port}${parsed.pathname}${parsed.search}${parsed.hash}`
}

/** The URL the app knows; URLs outside its schemes stay as they are. */
export function toApp(url: string): string {
  if (url.startsWith('blob:')) return `blob:${toApp(url.slice('blob:'.length))}`
  const parsed = URL.parse(url)
  const scheme = parsed === null ? undefined : schemeOf(parsed)
  if (parsed === null || scheme === undefined) return url
  return `${scheme}://${hostOf(parsed)}${parsed.pathname}${parsed.search}${parsed.hash}`
}

/** `scheme://host` of a page, as `WebFrameMain.origin` gives it. */
export function appOrigin(url: string): string {
  const parsed = URL.parse(url)
  const scheme = parsed === null ? undefined : schemeOf(parsed)
  if (parsed === null) return 'null'
  return scheme === undefined ? parsed.origin : `${scheme}://${hostOf(parsed)}`
}

/** The app's origins inside a header's text (a policy, an Origin) in Chromium's form. */
export function originsToChromium(text: string): string {
  return [...ports].reduce(
    (result, [scheme, port]) =>
      result.replaceAll(new RegExp(`\\b${scheme}://([\\w.-]+)`, 'g'), `http://$1.localhost:${port}`),
    text,
  )
}

function schemeOf({ protocol, hostname, port }: URL): string | undefined {
  if (protocol !== 'http:' || !hostname.endsWith('.localhost')) return undefined
  return [...ports].find(([, assigned]) => String(assigned) === port)?.[0]
}

function hostOf({ hostname }: URL): string {
  return hostname.slice(0, -'.localhost'.length)
}
