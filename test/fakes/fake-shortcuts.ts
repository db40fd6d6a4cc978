import type { ShortcutPort } from '../../src/main/keys/shortcuts.ts'

/** The system's shortcuts; the test presses the keys, and may be the program that has one already. */
export class FakeShortcuts implements ShortcutPort {
  readonly taken = new Set<string>()
  suspended = false
  readonly #callbacks = new Map<string, () => void>()

  get registered(): string[] {
    return [...this.#callbacks.keys()].sort()
  }

  register(accelerator: string, pressed: () => void): boolean {
    if (this.suspended || this.taken.has(accelerator) || this.#callbacks.has(accelerator)) return false
    this.#callbacks.set(accelerator, pressed)
    return true
  }

  unregister(accelerator: string): void {
    this.#callbacks.delete(accelerator)
  }

  setSuspended(on: boolean): void {
    this.suspended = on
  }

  press(accelerator: string): void {
    if (!this.suspended) this.#callbacks.get(accelerator)?.()
  }
}
