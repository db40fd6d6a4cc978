/** What a page of ours may do beyond drawing itself: one of them hears the microphone. Everything else is refused. */
import type { App, Session, WebContents } from 'electron'
import { RENDERER_ORIGIN } from './renderer-scheme.ts'

/**
 * Electron grants every permission unless told otherwise.
 * @param mayListen whether this is the page that owns the microphone.
 */
export function guardPermissions(session: Session, mayListen: (contents: WebContents) => boolean): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const audioOnly =
      'mediaTypes' in details && details.mediaTypes.length === 1 && details.mediaTypes[0] === 'audio'
    const ours = details.isMainFrame && isOurs(contents.getURL()) && mayListen(contents)
    callback(permission === 'media' && audioOnly && ours)
  })
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const listening = contents !== null && mayListen(contents) && isOurs(origin)
    return permission === 'media' && details.mediaType !== 'video' && listening
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null)
  })
}

/** No page leaves our origin, opens a window or embeds another. */
export function guardNavigation(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
  })
}

/** Whether a URL or an origin is of our own pages. */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === RENDERER_ORIGIN
}
