/** Serves files from memory over HTTP on this machine, in whole or from some byte on, and does as badly as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export type Fault =
  /** Of the answer, so many bytes; then nothing any more … */
  | { readonly kind: 'silent'; readonly after: number }
  /** … or the line is cut. */
  | { readonly kind: 'cut'; readonly after: number }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'redirect-loop' }
  /** No part, whatever was asked for. */
  | { readonly kind: 'whole' }
  /** Another part than was asked for. */
  | { readonly kind: 'other-part' }
  /** More or less in the header than comes. */
  | { readonly kind: 'length'; readonly more: number }
  /** One byte is another one. */
  | { readonly kind: 'flip' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }

export interface FileServerOptions {
  /** The fault of each request in turn; after the last, none. */
  readonly faults?: readonly Fault[]
  /** Whether it tells versions of a file apart. */
  readonly tags?: boolean
}

export class FileServer implements AsyncDisposable {
  /** Each request: its path and the range it asked for. */
  readonly requests: string[] = []
  readonly files: Map<string, Uint8Array>
  readonly #tags: boolean
  readonly #faults: Fault[]
  readonly #server: Server

  private constructor(
    files: ReadonlyMap<string, Uint8Array>,
    { faults = [], tags = true }: FileServerOptions,
  ) {
    this.files = new Map(files)
    this.#faults = [...faults]
    this.#tags = tags
    this.#server = createServer((request, response) => {
      this.#answer(request, response)
    })
  }

  /** @param files by path, with a slash before it. */
  static async start(
    files: ReadonlyMap<string, Uint8Array>,
    options: FileServerOptions = {},
  ): Promise<FileServer> {
    const server = new FileServer(files, options)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  hangUp(): void {
    this.#server.closeAllConnections()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.hangUp()
    await closed
  }

  #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const path = url.replace(MOVED, '')
    const fault = path === url ? this.#newFault(path, headers) : undefined
    const file = this.files.get(path)
    if (file === undefined) response.writeHead(404).end()
    else if (fault?.kind === 'status') response.writeHead(fault.status, fault.headers).end()
    else if (fault?.kind === 'redirect') response.writeHead(302, { location: `${MOVED}${path}` }).end()
    else if (fault?.kind === 'redirect-loop') this.#turnBack(url, response, fault)
    else this.#send(response, file, this.#startOf(file, headers, fault), fault)
  }

  #newFault(path: string, { range }: IncomingMessage['headers']): Fault | undefined {
    this.requests.push(`${path} ${range ?? 'whole'}`)
    return this.#faults.shift()
  }

  #turnBack(url: string, response: ServerResponse, fault: Fault): void {
    this.#faults.unshift(fault)
    response.writeHead(302, { location: url }).end()
  }

  #startOf(file: Uint8Array, headers: IncomingMessage['headers'], fault: Fault | undefined): number {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
    const condition = headers['if-range']
    const other = condition !== undefined && condition !== tagOf(file)
    if (fault?.kind === 'whole' || other) return 0
    return fault?.kind === 'other-part' ? Math.floor(from / 2) : from
  }

  #send(response: ServerResponse, file: Uint8Array, from: number, fault: Fault | undefined): void {
    if (from > 0 && from >= file.length) {
      response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end()
      return
    }
    const rest = bodyOf(file, from, fault)
    const length = rest.length + (fault?.kind === 'length' ? fault.more : 0)
    const part = from > 0 || fault?.kind === 'other-part'
    response.writeHead(part ? 206 : 200, {
      'content-length': length,
      ...(part ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
      ...(this.#tags ? { etag: tagOf(file) } : {}),
    })
    response.write(rest.subarray(0, sentOf(rest.length, length, fault)), () => {
      if (fault?.kind === 'silent') return
      // What was sent arrives before the line goes.
      if (fault?.kind === 'cut' || length > rest.length) response.socket?.end()
      else response.end()
    })
  }
}

function bodyOf(file: Uint8Array, from: number, fault: Fault | undefined): Uint8Array {
  const rest = Uint8Array.from(file.subarray(from))
  const middle = Math.floor(rest.length / 2)
  if (fault?.kind === 'flip') rest[middle] = (rest[middle] ?? 0) ^ 1
  return rest
}

function sentOf(rest: number, announced: number, fault: Fault | undefined): number {
  return fault?.kind === 'silent' || fault?.kind === 'cut' ? fault.after : Math.min(announced, rest)
}

const MOVED = '/moved'

function tagOf(file: Uint8Array): string {
  return `"${file.length}-${file.reduce((sum, byte) => (31 * sum + byte) >>> 0, 7)}"`
}

/** One fault of each kind that costs no time, at random places of a file of so many bytes. */
export function quickFaults(random: () => number, bytes: number): readonly Fault[] {
  const after = Math.floor(random() * bytes)
  const status = [403, 416, 429, 500, 503][Math.floor(random() * 5)] ?? 503
  return [
    { kind: 'cut', after },
    { kind: 'cut', after },
    { kind: 'redirect' },
    { kind: 'whole' },
    { kind: 'other-part' },
    { kind: 'length', more: Math.floor(200 * random()) - 100 },
    { kind: 'flip' },
    { kind: 'status', status },
  ]
}
