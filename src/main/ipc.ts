/**
 * The only importer of ipcMain: every message from a page comes through here. The sender is checked, then the
 * arguments, then the answer goes back as a value with a typed error in it; nothing a page sends is thrown in main.
 */
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import * as v from 'valibot'
import { CAPTURE_PORT_CHANNEL, type Answer, type Invokes } from '../shared/app-ipc.ts'
import type { CaptureEvent } from '../shared/capture.ts'
import type { DictationId } from '../shared/dictation.ts'
import { StenoError, toWire } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { SoundPort } from './dictation/sound-intake.ts'
import { ARCHIVE_ARGUMENTS } from './history/arguments.ts'
import { isOurs } from './windows/security.ts'
import { modelName, settingsPatch } from './settings/schema.ts'
import type { Role } from './windows/app-page.ts'

/** What each request does. May throw and reject. */
export type Handlers = {
  readonly [K in keyof Invokes]: (
    ...args: Invokes[K]['args']
  ) => Invokes[K]['value'] | Promise<Invokes[K]['value']>
}

export interface IpcWorld {
  readonly handlers: Handlers
  /** The sound of a dictation. Throws when it is not wanted. */
  readonly attach: (id: DictationId, port: SoundPort) => void
  /** Undefined: no page of ours. */
  readonly roleOf: (contents: WebContents) => Role | undefined
  readonly log: Log
}

/** Longest text a page may give. */
const TEXT_CHARACTERS = 500
const DEVICES = 100
/** Of one text, counting hours of speech. */
const EDITS = 100_000

/** Read beside each other; more nobody can compare. */
const MODELS = 20

const text = v.pipe(v.string(), v.maxLength(TEXT_CHARACTERS))
/** Words of a browser, for the log: as much as is of use. */
const detail = v.pipe(
  v.string(),
  v.transform((given) => given.slice(0, TEXT_CHARACTERS)),
)
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const fault = v.picklist(['denied', 'no-device', 'busy', 'lost', 'broken'])
const device = v.strictObject({ id: text, label: text })

const captureEvent: v.GenericSchema<unknown, CaptureEvent> = v.variant('kind', [
  v.strictObject({ kind: v.literal('hello') }),
  v.strictObject({ kind: v.literal('failed'), id, fault, detail }),
  v.strictObject({ kind: v.literal('idle'), open: v.boolean(), fault: v.optional(fault) }),
  v.strictObject({
    kind: v.literal('switched'),
    to: device,
    because: v.picklist(['lost', 'preferred', 'default']),
  }),
  v.strictObject({ kind: v.picklist(['muted', 'unmuted']) }),
  v.strictObject({ kind: v.literal('voice'), speaking: v.boolean() }),
  v.strictObject({ kind: v.literal('voice-failed'), detail }),
  v.strictObject({ kind: v.literal('devices'), devices: v.pipe(v.array(device), v.maxLength(DEVICES)) }),
])

const indices = v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), v.maxLength(EDITS))

const models = v.pipe(v.array(modelName), v.minLength(1), v.maxLength(MODELS))
const ONE_MODEL = v.strictTuple([modelName])

const NOTHING = v.strictTuple([])
const WINDOW: readonly Role[] = ['window']

/** Who may ask, and with what. */
const REQUESTS: {
  readonly [K in keyof Invokes]: {
    readonly roles: readonly Role[]
    readonly args: v.GenericSchema<unknown, Invokes[K]['args']>
  }
} = {
  'get-snapshot': { roles: ['window', 'overlay'], args: NOTHING },
  'start-dictation': { roles: WINDOW, args: NOTHING },
  'stop-dictation': { roles: WINDOW, args: NOTHING },
  'cancel-dictation': { roles: WINDOW, args: NOTHING },
  'undo-cancel': { roles: WINDOW, args: NOTHING },
  'copy-dictation': { roles: WINDOW, args: v.strictTuple([id]) },
  'retry-dictation': { roles: WINDOW, args: v.strictTuple([id]) },
  'undo-edits': { roles: WINDOW, args: v.strictTuple([id, indices]) },
  'set-settings': { roles: WINDOW, args: v.strictTuple([settingsPatch]) },
  'watch-keys': { roles: WINDOW, args: v.strictTuple([v.boolean()]) },
  'dismiss-notice': { roles: WINDOW, args: v.strictTuple([id]) },
  'try-again': { roles: WINDOW, args: NOTHING },
  'download-model': { roles: WINDOW, args: ONE_MODEL },
  'pause-model': { roles: WINDOW, args: ONE_MODEL },
  'cancel-model': { roles: WINDOW, args: ONE_MODEL },
  'verify-model': { roles: WINDOW, args: ONE_MODEL },
  'remove-model': { roles: WINDOW, args: ONE_MODEL },
  'import-model': { roles: WINDOW, args: v.strictTuple([v.picklist(['folder', 'archive'])]) },
  'use-model': { roles: WINDOW, args: ONE_MODEL },
  'compare-models': { roles: WINDOW, args: v.strictTuple([models, id]) },
  'stop-comparing': { roles: WINDOW, args: NOTHING },
  ...forWindows(ARCHIVE_ARGUMENTS),
  'capture-event': { roles: ['capture'], args: v.strictTuple([captureEvent]) },
}

type Request<K extends keyof Invokes> = (typeof REQUESTS)[K]

function forWindows<K extends keyof Invokes>(all: {
  readonly [Name in K]: v.GenericSchema<unknown, Invokes[Name]['args']>
}): { readonly [Name in K]: Request<Name> } {
  const entries = Object.entries(all).map(([name, args]) => [name, { roles: WINDOW, args }])
  return Object.fromEntries(entries) as { readonly [Name in K]: Request<Name> }
}

export function serveIpc({ handlers, attach, roleOf, log }: IpcWorld): Disposable {
  const stack = new DisposableStack()

  for (const channel of Object.keys(REQUESTS) as (keyof Invokes)[]) {
    ipcMain.handle(channel, async (event, ...args): Promise<Answer<unknown>> => {
      try {
        assertMay(event, REQUESTS[channel].roles, roleOf)
        return { ok: true, value: await answer(handlers, channel, args) }
      } catch (error) {
        log('warn', `${channel} was refused: ${toWire(error).message}`)
        return { ok: false, error: toWire(error) }
      }
    })
    stack.defer(() => {
      ipcMain.removeHandler(channel)
    })
  }

  const onPort = (event: IpcMainEvent, message: unknown): void => {
    const port = event.ports[0]
    try {
      assertMay(event, ['capture'], roleOf)
      if (port === undefined) throw new StenoError('ipc-malformed', 'A capture port came without a port.')
      attach(v.parse(id, message), port)
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

function answer<K extends keyof Invokes>(
  handlers: Handlers,
  channel: K,
  args: readonly unknown[],
): Invokes[K]['value'] | Promise<Invokes[K]['value']> {
  const parsed = v.safeParse(REQUESTS[channel].args, args)
  if (parsed.success) return handlers[channel](...parsed.output)
  throw new StenoError('ipc-malformed', `${channel} was called with arguments it does not take.`)
}

/** Frames are gone after a reload, foreign ones have no business here, and each page has its own. */
function assertMay(
  { senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent,
  roles: readonly Role[],
  roleOf: IpcWorld['roleOf'],
): void {
  const ours = senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url)
  const role = ours ? roleOf(sender) : undefined
  if (role === undefined || !roles.includes(role)) {
    throw new StenoError('ipc-refused', 'This page may not ask that of Steno.')
  }
}
