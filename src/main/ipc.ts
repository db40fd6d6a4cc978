/**
 * The only importer of ipcMain: every message from a window comes through here. The sender is checked, then the
 * arguments, then the answer goes back as a value with a typed error in it; nothing a page sends is thrown in main.
 */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import { CAPTURE_PORT_CHANNEL, type Answer, type Invokes } from '../shared/app-ipc.ts'
import { StenoError, toWire } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Dictations } from './dictation/dictations.ts'
import { isOurs } from './security.ts'

/** Longest text a window may give as a reason. */
const REASON_CHARACTERS = 500

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const ARGUMENTS: { readonly [K in keyof Invokes]: v.GenericSchema<unknown, Invokes[K]['args']> } = {
  'begin-dictation': v.strictTuple([]),
  'cancel-dictation': v.strictTuple([id]),
  'capture-failed': v.strictTuple([id, v.pipe(v.string(), v.maxLength(REASON_CHARACTERS))]),
  'get-snapshot': v.strictTuple([]),
}

export function serveIpc(dictations: Dictations, log: Log): Disposable {
  const stack = new DisposableStack()

  function handle<K extends keyof Invokes>(
    channel: K,
    run: (...args: Invokes[K]['args']) => Invokes[K]['value'],
  ): void {
    ipcMain.handle(channel, (event, ...args): Answer<Invokes[K]['value']> => {
      try {
        assertOurs(event)
        return { ok: true, value: run(...parse(channel, args)) }
      } catch (error) {
        log('warn', `${channel} was refused: ${toWire(error).message}`)
        return { ok: false, error: toWire(error) }
      }
    })
    stack.defer(() => {
      ipcMain.removeHandler(channel)
    })
  }

  handle('begin-dictation', () => dictations.begin())
  handle('cancel-dictation', (which) => dictations.cancel(which))
  handle('capture-failed', (which, message) => dictations.captureFailed(which, message))
  handle('get-snapshot', () => dictations.snapshot)

  const onPort = (event: IpcMainEvent, message: unknown): void => {
    const port = event.ports[0]
    try {
      assertOurs(event)
      if (port === undefined) throw new StenoError('ipc-malformed', 'A capture port came without a port.')
      dictations.attach(v.parse(id, message), port)
    } catch (error) {
      log('warn', `a capture port was refused: ${toWire(error).message}`)
      port?.close()
    }
  }
  ipcMain.on(CAPTURE_PORT_CHANNEL, onPort)
  stack.defer(() => {
    ipcMain.off(CAPTURE_PORT_CHANNEL, onPort)
  })
  return stack
}

function parse<K extends keyof Invokes>(channel: K, args: readonly unknown[]): Invokes[K]['args'] {
  const parsed = v.safeParse(ARGUMENTS[channel], args)
  if (parsed.success) return parsed.output
  throw new StenoError('ipc-malformed', `${channel} was called with arguments it does not take.`)
}

/** Frames are gone after a reload, and foreign ones have no business here. */
function assertOurs({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): void {
  if (senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url)) return
  throw new StenoError('ipc-refused', 'This page may not speak to Steno.')
}
