/**
 * Frames in, keys out. Knows no process and no hook: both are handed in. Keys go to the parent and nowhere else; no
 * line of a log ever holds one.
 */
import { toWire } from '../shared/errors.ts'
import type { FromKeyHook, KeyEvent, ToKeyHook } from '../shared/keys.ts'

export interface KeyHookWorld {
  post(frame: FromKeyHook): void
  onFrame(listener: (frame: ToKeyHook) => void): void
  /** Begins to watch the keys of the whole desktop. Rejects with the reason in words. */
  open(listener: (event: KeyEvent) => void): Promise<void>
  /** Ends the process, and with it the hook. */
  exit(): void
}

export function serveKeys(world: KeyHookWorld): void {
  world.onFrame(({ kind, generation }) => {
    switch (kind) {
      case 'watch':
        world
          .open((event) => {
            world.post({ kind: 'key', generation, event })
          })
          .then(
            () => {
              world.post({ kind: 'ready', generation })
            },
            (error: unknown) => {
              world.post({ kind: 'refused', generation, error: toWire(error) })
            },
          )
        break
      case 'ping':
        world.post({ kind: 'pong', generation })
        break
      case 'shutdown':
        world.exit()
        break
    }
  })
}
