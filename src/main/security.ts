/** What a page of ours may do beyond drawing itself: hear the microphone. Everything else is refused. */
import type { App, Session } from 'electron'
import { RENDERER_ORIGIN } from './renderer-scheme.ts'

/** Electron grants every permission unless told otherwise. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const audioOnly =
      'mediaTypes' in details && details.mediaTypes.length === 1 && details.mediaTypes[0] === 'audio'
    callback(permission === 'media' && audioOnly && details.isMainFrame && isOurs(contents.getURL()))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    return permission === 'media' && details.mediaType !== 'video' && isOurs(origin)
  })
  session.setDevicePermissionHandler(() => false)
}

/** No page leaves our origin or opens a window. (Electron embeds none in it unless `webviewTag` is switched on.) */
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
