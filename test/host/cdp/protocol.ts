/** The Chrome DevTools Protocol's types, as Playwright ships them for the Chromium it drives. */
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }
export type Command = keyof Protocol.CommandParameters
export type EventName = keyof Protocol.Events

type Params<C extends Command> = Protocol.CommandParameters[C]
export type Result<C extends Command> = Protocol.CommandReturnValues[C]
export type Payload<E extends EventName> = Protocol.Events[E]

/** A command's parameters, which may be left out when all of them are optional. */
export type Arguments<C extends Command> =
  Partial<Params<C>> extends Params<C> ? [params?: Params<C>] : [params: Params<C>]

/** What comes back over the pipe: an answer (with `id`) or an event (with `method`). */
export interface Incoming {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}
