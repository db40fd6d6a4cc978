/** Key hooks that live in this process, and the keyboard they watch. */
import { serveKeys } from '../../src/keys/serve.ts'
import { modifierOf } from '../../src/shared/chords.ts'
import type { FromKeyHook, KeyCode, KeyEvent, Modifier, ToKeyHook } from '../../src/shared/keys.ts'
import { settle } from './fake-clock.ts'
import { MemoryProcesses } from './memory-process.ts'

export class MemoryHooks extends MemoryProcesses<ToKeyHook, FromKeyHook> {
  /** Why keys cannot be watched, if so. */
  refusal: Error | undefined
  readonly #down = new Set<KeyCode>()
  readonly #watchers = new Map<number, (event: KeyEvent) => void>()

  constructor() {
    super((process, number) => {
      serveKeys({
        ...process.channel,
        open: (listener) => {
          if (this.refusal !== undefined) return Promise.reject(this.refusal)
          this.#watchers.set(number, listener)
          return Promise.resolve()
        },
      })
    })
  }

  async press(...codes: KeyCode[]): Promise<void> {
    for (const code of codes) {
      this.#down.add(code)
      await this.#say('down', code)
    }
  }

  async release(...codes: KeyCode[]): Promise<void> {
    for (const code of codes) {
      this.#down.delete(code)
      await this.#say('up', code)
    }
  }

  /** The key is let go and no hook hears it. */
  releaseUnheard(...codes: KeyCode[]): void {
    for (const code of codes) this.#down.delete(code)
  }

  async #say(kind: KeyEvent['kind'], code: KeyCode): Promise<void> {
    const found = [...this.#down].map(modifierOf).filter((name): name is Modifier => name !== undefined)
    const event: KeyEvent = { kind, code, modifiers: [...new Set(found)] }
    for (const tell of this.#watchers.values()) tell(event)
    await settle()
  }
}
