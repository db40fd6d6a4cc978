/** Serves files from memory over HTTP on this machine, in whole or from some byte on, and does as badly as it is told. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface FileServerOptions {
  /** As a server that knows no ranges. */
  readonly wholeOnly?: boolean
}

export class FileServer implements AsyncDisposable {
  /** Each request: its path and the range it asked for. */
  readonly requests: string[] = []
  /** Of the next answer, what comes before it falls silent. */
  silentAfter: number | undefined
  readonly #server: Server

  private constructor(files: ReadonlyMap<string, Uint8Array>, { wholeOnly = false }: FileServerOptions) {
    this.#server = createServer((request, response) => {
      const { url = '', headers } = request
      this.requests.push(`${url} ${headers.range ?? 'whole'}`)
      const file = files.get(url)
      if (file === undefined) {
        response.writeHead(404).end()
        return
      }
      const from = wholeOnly ? 0 : Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
      if (from >= file.length) {
        response.writeHead(416).end()
        return
      }
      const rest = file.subarray(from)
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
      const sent = this.silentAfter
      this.silentAfter = undefined
      if (sent === undefined) response.end(rest)
      else response.write(rest.subarray(0, sent))
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
}
