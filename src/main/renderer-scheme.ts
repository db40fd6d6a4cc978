/** The windows' own origin `app://steno/`: serves the built renderer and nothing else, under a strict policy. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'

export const RENDERER_ORIGIN = 'app://steno'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** After the app is ready. @param folder of the built renderer. */
export function serveRenderer(folder: string): void {
  protocol.handle('app', (request) => respond(folder, request))
}

async function respond(folder: string, request: Request): Promise<Response> {
  const file = resolveFile(folder, request)
  const type = TYPES[extname(file ?? '')]
  if (file === undefined || type === undefined) return new Response('Not found', { status: 404 })
  try {
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': type,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    })
  } catch {
    return new Response('Not found', { status: 404 })
  }
}

/** The file a request names, if it lies in the folder. */
export function resolveFile(folder: string, request: Pick<Request, 'method' | 'url'>): string | undefined {
  if (request.method !== 'GET') return undefined
  const url = URL.parse(request.url)
  if (url?.host !== 'steno') return undefined
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(folder + sep) ? file : undefined
}
