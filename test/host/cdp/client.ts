/**
 * A client of the Chrome DevTools Protocol over Chromium's pipe (`--remote-debugging-pipe`): messages are JSON ended by
 * a zero byte. One connection carries the browser's own channel and one channel for each attached target.
 */
import type { Readable, Writable } from 'node:stream'
import type { Arguments, Command, EventName, Incoming, Payload, Result } from './protocol.ts'

interface Pending {
  readonly sessionId: string | undefined
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

type Listener = (params: unknown) => void

/** A command that Chromium refused, or that it can no longer answer. */
export class CdpError extends Error {
  override readonly name = 'CdpError'
}

/** Commands to, and events of, the browser or one target. */
export class CdpChannel {
  readonly #connection: CdpConnection
  readonly #sessionId: string | undefined
  readonly #listeners = new Map<string, Listener[]>()

  constructor(connection: CdpConnection, sessionId: string | undefined) {
    this.#connection = connection
    this.#sessionId = sessionId
  }

  /** Rejects with CdpError when Chromium refuses, or when the target or Chromium itself goes away meanwhile. */
  async send<C extends Command>(method: C, ...[params]: Arguments<C>): Promise<Result<C>> {
    return (await this.#connection.request(method, params, this.#sessionId)) as Result<C>
  }

  /** For commands whose failure only says that the target is gone, which its owner hears as an event. */
  tell<C extends Command>(method: C, ...params: Arguments<C>): void {
    this.send(method, ...params).catch(() => undefined)
  }

  on<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): void {
    const listeners = this.#listeners.get(event) ?? []
    listeners.push(listener as Listener)
    this.#listeners.set(event, listeners)
  }

  /** Called by the connection. */
  dispatch(method: string, params: unknown): void {
    for (const listener of this.#listeners.get(method) ?? []) listener(params)
  }
}

export class CdpConnection {
  readonly browser = new CdpChannel(this, undefined)
  readonly #output: Writable
  readonly #channels = new Map<string, CdpChannel>()
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #closed = false

  constructor(input: Readable, output: Writable) {
    this.#output = output
    input.setEncoding('utf8')
    let rest = ''
    input.on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0')
      rest = messages.pop() ?? ''
      for (const message of messages) this.#receive(JSON.parse(message) as Incoming)
    })
    for (const stream of [input, output]) {
      stream.on('error', () => {
        this.close()
      })
    }
    input.on('close', () => {
      this.close()
    })
  }

  async attach(targetId: string): Promise<CdpChannel> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true })
    const channel = this.#channels.get(sessionId) ?? new CdpChannel(this, sessionId)
    this.#channels.set(sessionId, channel)
    return channel
  }

  async request(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.#closed) throw new CdpError(`${method}: Chromium is gone`)
    const id = ++this.#lastId
    const answer = Promise.withResolvers<unknown>()
    this.#pending.set(id, { sessionId, resolve: answer.resolve, reject: answer.reject })
    this.#output.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`)
    return await answer.promise
  }

  /** Chromium is gone: nothing that waits for it may wait any longer. */
  close(): void {
    this.#closed = true
    this.#rejectPending(() => true)
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      if (message.error === undefined) pending?.resolve(message.result)
      else pending?.reject(new CdpError(message.error.message))
      return
    }
    if (message.method === 'Target.detachedFromTarget') {
      const { sessionId } = message.params as { sessionId: string }
      this.#channels.delete(sessionId)
      this.#rejectPending((pending) => pending.sessionId === sessionId)
    }
    const channel = message.sessionId === undefined ? this.browser : this.#channels.get(message.sessionId)
    channel?.dispatch(message.method ?? '', message.params)
  }

  #rejectPending(which: (pending: Pending) => boolean): void {
    for (const [id, pending] of this.#pending) {
      if (!which(pending)) continue
      this.#pending.delete(id)
      pending.reject(new CdpError('the target is gone'))
    }
  }
}
