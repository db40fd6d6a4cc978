/** Sleep, wake and the locked screen: a microphone that sleeps gives no sound, and a key that is let go is not seen. */
import { powerMonitor } from 'electron'

export interface PowerEvents {
  suspend(): void
  resume(): void
  lock(): void
  unlock(): void
}

export function watchPower(events: PowerEvents): Disposable {
  const stack = new DisposableStack()
  const listen = (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen', run: () => void): void => {
    // The typings name each event in an overload of its own.
    const emitter: NodeJS.EventEmitter = powerMonitor
    emitter.on(event, run)
    stack.defer(() => {
      emitter.off(event, run)
    })
  }
  listen('suspend', () => {
    events.suspend()
  })
  listen('resume', () => {
    events.resume()
  })
  listen('lock-screen', () => {
    events.lock()
  })
  listen('unlock-screen', () => {
    events.unlock()
  })
  return stack
}
