import { EventEmitter } from 'node:events'
import process from 'node:process'
import { afterEach, describe, expect, it } from 'vitest'
import { runUntilQuit, type Lifecycle } from '../../../src/main/app-lifecycle.ts'
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

function live(): { app: FakeApp; stack: AsyncDisposableStack; clock: FakeClock; log: string[] } {
  const app = new FakeApp()
  const stack = new AsyncDisposableStack()
  const clock = new FakeClock()
  const log: string[] = []
  runUntilQuit({
    app: app as unknown as Lifecycle['app'],
    stack,
    clock,
    deadlineMs: 5_000,
    log: (_level, text) => void log.push(text),
  })
  return { app, stack, clock, log }
}

function willQuit(app: FakeApp): boolean {
  let prevented = false
  app.emit('will-quit', { preventDefault: () => (prevented = true) })
  return prevented
}

afterEach(() => {
  process.removeAllListeners('uncaughtException')
})

describe('leaving', () => {
  it('waits for everything on the stack, last in first out, then exits once', async () => {
    const { app, stack } = live()
    const order: string[] = []
    stack.defer(() => void order.push('first'))
    stack.defer(async () => {
      await settle()
      order.push('second')
    })
    expect(willQuit(app)).toBe(true)
    expect(willQuit(app)).toBe(true)
    expect(app.exits).toEqual([])
    await settle()
    await settle()
    expect(order).toEqual(['second', 'first'])
    expect(app.exits).toEqual([0])
  })

  it('exits at the deadline whatever hangs', async () => {
    const { app, stack, clock, log } = live()
    stack.defer(() => new Promise(() => undefined))
    willQuit(app)
    await clock.advance(4_999)
    expect(app.exits).toEqual([])
    await clock.advance(1)
    expect(app.exits).toEqual([0])
    expect(log).toEqual(['left by force after 5000 ms'])
  })

  it('exits although something could not be put away, and says so', async () => {
    const { app, stack, log } = live()
    stack.defer(() => {
      throw new Error('stuck lid')
    })
    willQuit(app)
    await settle()
    expect(app.exits).toEqual([0])
    expect(log[0]).toBe('leaving was not clean: stuck lid')
  })

  it('follows the last window', () => {
    const { app } = live()
    app.emit('window-all-closed')
    expect(app.quits).toBe(1)
  })

  it('takes the same way after an unexpected error, with a code that says so', async () => {
    const { app, stack } = live()
    let put = false
    stack.defer(() => void (put = true))
    process.emit('uncaughtException', new Error('bug'))
    await settle()
    expect([put, app.exits]).toEqual([true, [1]])
  })
})
