/** The loopback server behind one scheme: turns Chromium's HTTP requests into calls of the app's own handler. */
import { error as logError } from 'node:console'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { once } from 'node:events'
import { originsToChromium, toApp } from './origins.ts'

export type Handler = (request: Request) => Response | Promise<Response>

/** Made by HTTP itself or by Chromium's network stack; a request of Electron's own scheme has none of them. */
const TRANSPORT_HEADERS =
  /^(host|connection|accept-encoding|content-length|upgrade-insecure-requests|sec-.*)$/i
const HOP_BY_HOP = /^(connection|keep-alive|transfer-encoding|content-encoding|content-length)$/i

/**
 * Everything a top-level page may do except opening windows, which only main does here: Chromium itself then refuses
 * `window.open` and links to new windows, and still tells main of them.
 */
const NO_POPUPS =
  'sandbox allow-same-origin allow-scripts allow-forms allow-modals allow-downloads allow-pointer-lock allow-orientation-lock allow-presentation'

/** Listens on 127.0.0.1 only and answers with what `handler` returns; resolves to the port. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
  const server: Server = createServer(answer)
  // The host must be able to end while Chromium still keeps a connection.
  server.unref()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A listener for `listen` that asks the handler the scheme has at that moment. */
export function answerWith(handlerNow: () => Handler | undefined) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // Chromium asks for it by itself; Electron never does.
    if (incoming.url === '/favicon.ico') {
      outgoing.writeHead(204).end()
      return
    }
    answer(handlerNow(), incoming, outgoing).catch((error: unknown) => {
      logError(error)
      outgoing.destroy()
    })
  }
}

async function answer(
  handler: Handler | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const host = incoming.headers.host ?? ''
  const url = toApp(`http://${host}${incoming.url ?? '/'}`)
  // Not from our pages, or nothing handles the scheme (any more): as good as no such server.
  if (url.startsWith('http:') || handler === undefined) {
    outgoing.destroy()
    return
  }
  const response: unknown = await handler(requestOf(incoming, url))
  if (!(response instanceof Response) || response.type === 'error') {
    outgoing.destroy()
    return
  }
  for (const [name, value] of headersOf(response)) outgoing.setHeader(name, value)
  if (incoming.headers['sec-fetch-dest'] === 'document')
    outgoing.appendHeader('content-security-policy', NO_POPUPS)
  outgoing.writeHead(response.status, response.statusText)
  if (response.body === null) outgoing.end()
  else await pipeline(Readable.fromWeb(response.body), outgoing)
}

function requestOf(incoming: IncomingMessage, url: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || TRANSPORT_HEADERS.test(name)) continue
    const text = Array.isArray(value) ? value.join(', ') : value
    headers.set(
      name,
      name === 'origin' || name === 'referer' ? toApp(text).replace(/(?<=:\/\/[^/]+)\/$/, '') : text,
    )
  }
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(url, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}),
  })
}

function headersOf(response: Response): Map<string, string> {
  // Answers of a custom scheme do not go through Chromium's cache.
  const headers = new Map([['cache-control', 'no-store']])
  for (const [name, value] of response.headers) {
    if (!HOP_BY_HOP.test(name)) headers.set(name, originsToChromium(value))
  }
  return headers
}
