import { expect, it } from 'vitest'
import { keyEventOf } from '../../../src/keys/native-hook.ts'
import { serveKeys } from '../../../src/keys/serve.ts'
import { StenoError } from '../../../src/shared/errors.ts'
import type { FromKeyHook, KeyEvent, ToKeyHook } from '../../../src/shared/keys.ts'
import { settle } from '../../fakes/fake-clock.ts'

/** The process, with the test as its parent. */
class Served {
  readonly posted: FromKeyHook[] = []
  exits = 0
  say: (frame: ToKeyHook) => void = () => undefined

  constructor(open: (listener: (event: KeyEvent) => void) => Promise<void>) {
    serveKeys({
      open,
      post: (frame) => {
        this.posted.push(frame)
      },
      onFrame: (listener) => {
        this.say = listener
      },
      exit: () => {
        this.exits += 1
      },
    })
  }
}

const EVENT: KeyEvent = { kind: 'down', code: 'F9', modifiers: ['Shift'] }

it('watches only when asked, then tells of every key', async () => {
  let tell: ((event: KeyEvent) => void) | undefined
  const served = new Served((listener) => {
    tell = listener
    return Promise.resolve()
  })
  expect(tell).toBeUndefined()
  served.say({ kind: 'watch', generation: 4 })
  await settle()
  tell?.(EVENT)
  expect(served.posted).toEqual([
    { kind: 'ready', generation: 4 },
    { kind: 'key', generation: 4, event: EVENT },
  ])
})

it('says why it cannot watch', async () => {
  const served = new Served(() =>
    Promise.reject(new StenoError('keys-unavailable', 'No.', { hint: 'Never.' })),
  )
  served.say({ kind: 'watch', generation: 1 })
  await settle()
  expect(served.posted).toEqual([
    {
      kind: 'refused',
      generation: 1,
      error: { code: 'keys-unavailable', message: 'No.', hint: 'Never.' },
    },
  ])
})

it('answers pings of any generation and leaves when asked', () => {
  const served = new Served(() => Promise.resolve())
  served.say({ kind: 'ping', generation: 7 })
  served.say({ kind: 'shutdown', generation: 7 })
  expect(served.posted).toEqual([{ kind: 'pong', generation: 7 }])
  expect(served.exits).toBe(1)
})

it.each([
  ['down', 0x43, 'F9'],
  ['up', 0x0e1d, 'ControlRight'],
  ['down', 0xff00, 'Unidentified'],
] as const)('reads the native event of a key that goes %s', (kind, keycode, code) => {
  const native = { keycode, altKey: true, ctrlKey: false, metaKey: false, shiftKey: true }
  expect(keyEventOf(kind, native)).toEqual({ kind, code, modifiers: ['Shift', 'Alt'] })
})
