/** One supervisor per model and priority, shared by all who ask for the same: never two workers where one serves. */
import type { ModelRequest } from '../shared/worker-frames.ts'
import type { Supervisor } from './supervisor.ts'

export interface Lease extends AsyncDisposable {
  readonly supervisor: Supervisor
}

interface Shared {
  readonly supervisor: Supervisor
  leases: number
}

export class SupervisorPool implements AsyncDisposable {
  readonly #create: (model: ModelRequest, priority: number) => Supervisor
  readonly #shared = new Map<string, Shared>()
  /** Supervisors on their way out, under the key they had: a successor waits for its predecessor's end. */
  readonly #closing = new Map<string, Promise<void>>()

  constructor(create: (model: ModelRequest, priority: number) => Supervisor) {
    this.#create = create
  }

  /** Borrows the supervisor for this model; the last one to give it back ends it. */
  async lease(model: ModelRequest, priority = 0): Promise<Lease> {
    const key = JSON.stringify([model.folder, model.vad, model.threads, model.wishes ?? {}, priority])
    await this.#closing.get(key)
    const shared = this.#shared.get(key) ?? { supervisor: this.#create(model, priority), leases: 0 }
    this.#shared.set(key, shared)
    shared.leases += 1
    let returned = false
    return {
      supervisor: shared.supervisor,
      [Symbol.asyncDispose]: async () => {
        if (returned) return
        returned = true
        shared.leases -= 1
        if (shared.leases === 0) await this.#close(key, shared)
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#shared].map(([key, shared]) => this.#close(key, shared)))
    await Promise.all(this.#closing.values())
  }

  async #close(key: string, shared: Shared): Promise<void> {
    if (this.#shared.get(key) !== shared) return
    this.#shared.delete(key)
    const closing = shared.supervisor[Symbol.asyncDispose]().finally(() => this.#closing.delete(key))
    this.#closing.set(key, closing)
    await closing
  }
}
