import { EventEmitter } from 'node:events'
import process from 'node:process'
import { afterEach, describe, expect, it } from 'vitest'
import { runUntilQuit, type Lifecycle } from '../../../src/main/app-lifecycle.ts'
import { Shutdown } from '../../../src/main/shutdown.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'

class FakeApp extends EventEmitter {
  readonly exits: number[] = []
  quits = 0
  quit(): void {
    this.quits += 1
  }
  exit(code = 0): void {
    this.exits.push(code)
  }
}

function live(): { app: FakeApp; shutdown: Shutdown; clock: FakeClock; log: string[] } {
  const app = new FakeApp()
  const shutdown = new Shutdown()
  const clock = new FakeClock()
  const log: string[] = []
  runUntilQuit({
    app: app as unknown as Lifecycle['app'],
    acts: () => shutdown.acts(),
    clock,
    deadlineMs: 5_000,
    log: (_level, text) => void log.push(text),
  })
  return { app, shutdown, clock, log }
}

function willQuit(app: FakeApp): boolean {
  let prevented = false
  app.emit('will-quit', { preventDefault: () => (prevented = true) })
  return prevented
}

afterEach(() => {
  process.removeAllListeners('uncaughtException')
})

/** Something to put away. */
function lid(close: () => void | Promise<void>): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      await close()
    },
  }
}

describe('leaving', () => {
  it('takes five acts in their order, in each the last made first, then exits once', async () => {
    const { app, shutdown, log } = live()
    const order: string[] = []
    shutdown.during(
      'end every child',
      lid(() => void order.push('child')),
    )
    shutdown.during(
      'stop capture',
      lid(() => void order.push('page')),
    )
    shutdown.during(
      'stop capture',
      lid(async () => {
        await settle()
        order.push('dictations')
      }),
    )
    shutdown.during(
      'release the model',
      lid(() => void order.push('model')),
    )
    expect(willQuit(app)).toBe(true)
    expect(willQuit(app)).toBe(true)
    expect(app.exits).toEqual([])
    await settle()
    await settle()
    expect(order).toEqual(['dictations', 'page', 'model', 'child'])
    expect(app.exits).toEqual([0])
    expect(log.slice(0, -1)).toEqual([
      'shutdown 1/5 stop capture: 0 ms',
      'shutdown 2/5 close the message channels: 0 ms',
      'shutdown 3/5 release the model: 0 ms',
      'shutdown 4/5 delete temporary files: 0 ms',
      'shutdown 5/5 end every child: 0 ms',
    ])
  })

  it('exits at the deadline whatever hangs', async () => {
    const { app, shutdown, clock, log } = live()
    shutdown.during(
      'stop capture',
      lid(() => new Promise(() => undefined)),
    )
    willQuit(app)
    await clock.advance(4_999)
    expect(app.exits).toEqual([])
    await clock.advance(1)
    expect(app.exits).toEqual([0])
    expect(log).toEqual(['left by force after 5000 ms'])
  })

  it('does the other acts although something could not be put away, and says so', async () => {
    const { app, shutdown, log } = live()
    let ended = false
    shutdown.during(
      'stop capture',
      lid(() => {
        throw new Error('stuck lid')
      }),
    )
    shutdown.during(
      'end every child',
      lid(() => void (ended = true)),
    )
    willQuit(app)
    await settle()
    expect([ended, app.exits]).toEqual([true, [0]])
    expect(log[0]).toBe('shutdown 1/5 stop capture: 0 ms failed: stuck lid')
  })

  it('is known to whoever would begin something new', () => {
    const app = new FakeApp()
    const leaving = runUntilQuit({
      app: app as unknown as Lifecycle['app'],
      acts: () => [],
      clock: new FakeClock(),
      deadlineMs: 5_000,
      log: () => undefined,
    })
    expect(leaving()).toBe(false)
    willQuit(app)
    expect(leaving()).toBe(true)
  })

  it('follows the last window', () => {
    const { app } = live()
    app.emit('window-all-closed')
    expect(app.quits).toBe(1)
  })

  it('takes the same way after an unexpected error, with a code that says so', async () => {
    const { app, shutdown } = live()
    let put = false
    shutdown.during(
      'stop capture',
      lid(() => void (put = true)),
    )
    process.emit('uncaughtException', new Error('bug'))
    await settle()
    expect([put, app.exits]).toEqual([true, [1]])
  })
})
