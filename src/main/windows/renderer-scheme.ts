/**
 * The pages' own origin `app://steno/`: serves the built renderer and the user's kept sounds, nothing else, each page
 * under a policy that allows it what it needs.
 */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import type { DictationId } from '../../shared/dictation.ts'

export const RENDERER_ORIGIN = 'app://steno'

/** The voice detector is WebAssembly: the page that owns the microphone and its worker may compile it, no other may. */
const COMPILES = /^\/(capture\.html|assets\/thread-[\w-]+\.js)$/

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/**
 * After the app is ready.
 * @param folder of the built renderer.
 * @param soundPath the file of a dictation's sound, if there is one.
 */
export function serveRenderer(folder: string, soundPath: (id: DictationId) => string | undefined): void {
  protocol.handle('app', async (request) => {
    const id = recordingOf(request)
    return id === undefined ? await page(folder, request) : await sound(soundPath(id), request)
  })
}

async function page(folder: string, request: Request): Promise<Response> {
  const file = resolveFile(folder, request)
  const type = TYPES[extname(file ?? '')]
  if (file === undefined || type === undefined) return notFound()
  try {
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': type,
        'content-security-policy': policyOf(new URL(request.url).pathname),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    })
  } catch {
    return notFound()
  }
}

/** A player asks for parts of a file when somebody moves its slider. */
async function sound(path: string | undefined, request: Request): Promise<Response> {
  if (path === undefined) return notFound()
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return notFound()
  const type = path.endsWith('.flac') ? 'audio/flac' : 'audio/wav'
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', 'cache-control': 'no-store' }
  const range = rangeOf(request.headers.get('range'), bytes.length)
  if (range === undefined) return new Response(new Uint8Array(bytes), { headers })
  return new Response(new Uint8Array(bytes.subarray(range.from, range.end)), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.from}-${range.end - 1}/${bytes.length}` },
  })
}

/** `bytes=from-last` → half-open; undefined: the whole. Pure. */
export function rangeOf(
  header: string | null,
  length: number,
): { readonly from: number; readonly end: number } | undefined {
  const [, first, last = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined) return undefined
  const from = Number(first)
  const end = last === '' ? length : Math.min(length, Number(last) + 1)
  return from < end ? { from, end } : undefined
}

export function policyOf(pathname: string): string {
  const script = COMPILES.test(pathname) ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'"
  return POLICY.map((rule) => (rule.startsWith('script-src') ? script : rule)).join('; ')
}

function notFound(): Response {
  return new Response('Not found', { status: 404 })
}

/** The dictation whose sound a request is for. Pure. */
export function recordingOf({ method, url }: Pick<Request, 'method' | 'url'>): DictationId | undefined {
  const parsed = method === 'GET' ? URL.parse(url) : null
  const id =
    parsed?.host === 'steno' ? /^\/recordings\/(\d{1,15})\.wav$/.exec(parsed.pathname)?.[1] : undefined
  return id === undefined ? undefined : Number(id)
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
