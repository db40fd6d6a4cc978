/**
 * Who may use what: the app's permission handlers, asked by the guard in the page (page-shim/permission-guard.ts) before
 * each use. Chromium is then set to the same answer, so that it neither prompts nor contradicts.
 */
import type Electron from 'electron'
import type { PermissionQuestion } from '../shared/wire.ts'
import { engine } from './engine.ts'
import { NotInHost } from './not-in-host.ts'
import type { PageDocument } from './page-document.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrameMain } from './web-frame-main.ts'

type Setter<Name extends keyof Electron.Session> = Electron.Session[Name] extends (handler: infer H) => void
  ? H
  : never
type RequestHandler = NonNullable<Setter<'setPermissionRequestHandler'>>
type CheckHandler = NonNullable<Setter<'setPermissionCheckHandler'>>
type Permission = Parameters<RequestHandler>[1]

export interface PermissionHandlers {
  request: RequestHandler | null
  check: CheckHandler | null
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]
}

/** Without a handler Electron grants everything but the recording of screens. */
export const handlers: PermissionHandlers = { request: null, check: null, displayMedia: null }

/** Electron's name of a permission → what it is to Chromium's DevTools, as far as a page can ask for it here. */
const DESCRIPTORS: Readonly<Record<string, readonly string[]>> = {
  notifications: ['notifications'],
  geolocation: ['geolocation'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'persistent-storage': ['persistent-storage'],
  'idle-detection': ['idle-detection'],
  'screen-wake-lock': ['screen-wake-lock'],
}

export async function decidePermission(
  contents: WebContents,
  frame: WebFrameMain,
  document: PageDocument,
  question: PermissionQuestion,
): Promise<boolean> {
  const granted = await ask(contents, frame, question)
  await Promise.all(
    descriptorsOf(question).map(async (name) => {
      await engine()
        .connection.browser.send('Browser.setPermission', {
          permission: { name },
          setting: granted ? 'granted' : 'denied',
          origin: document.chromiumOrigin,
        })
        .catch(() => undefined)
    }),
  )
  return granted
}

async function ask(
  contents: WebContents,
  frame: WebFrameMain,
  question: PermissionQuestion,
): Promise<boolean> {
  if (question.permission === 'display-capture' && question.way === 'request')
    return await askForScreen(frame)
  const permission = question.permission as Permission
  const { mediaTypes } = question
  const about = { isMainFrame: true, requestingUrl: frame.url }
  const securityOrigin = `${frame.origin}/`
  // The handlers are typed against all of Electron's WebContents; they get the part that the contract names.
  const sender = contents as unknown as Electron.WebContents
  if (question.way === 'check') {
    const [mediaType] = mediaTypes ?? []
    const media = mediaType === undefined ? {} : { mediaType, securityOrigin }
    return handlers.check?.(sender, permission, securityOrigin, { ...about, ...media }) ?? true
  }
  const { request } = handlers
  if (request === null) return true
  const details = mediaTypes === undefined ? about : { ...about, securityOrigin, mediaTypes: [...mediaTypes] }
  return await new Promise((resolve) => {
    request(sender, permission, resolve, details)
  })
}

/** Granting a stream needs Electron's own capturers, which are not here; refusing one does not. */
async function askForScreen(frame: WebFrameMain): Promise<boolean> {
  const { displayMedia } = handlers
  if (displayMedia === null) return false
  const streams = await new Promise<Electron.Streams | null>((resolve) => {
    displayMedia(
      {
        frame: frame as unknown as Electron.WebFrameMain,
        securityOrigin: `${frame.origin}/`,
        videoRequested: true,
        audioRequested: false,
        userGesture: true,
      },
      resolve,
    )
  })
  if (streams?.video !== undefined || streams?.audio !== undefined) {
    throw new NotInHost('session.setDisplayMediaRequestHandler with a stream')
  }
  return false
}

function descriptorsOf({ permission, mediaTypes }: PermissionQuestion): readonly string[] {
  if (permission !== 'media') return DESCRIPTORS[permission] ?? []
  return (mediaTypes ?? []).map((type) => (type === 'audio' ? 'microphone' : 'camera'))
}
