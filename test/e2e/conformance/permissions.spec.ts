/** Permissions: granted unless the app says otherwise, and the app's word counts. */
import type { ElectronApplication, Page } from '@playwright/test'
import { APP, expect, inPage, openWindow, ready, test as conformance } from './fixture.ts'

/** As `app`, with a microphone that Chromium makes up. */
const test = conformance.extend({
  app: async ({ launch }, use) => {
    const { app } = await launch(APP, ['--use-fake-device-for-media-stream'])
    await ready(app)
    await use(app)
  },
})

/** 'granted', or the name of the error that getUserMedia rejects with. */
async function askForMicrophone(page: Page): Promise<string> {
  return await inPage(page, ({ navigator }) =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      (stream) => (stream.getAudioTracks().length === 1 ? 'granted' : 'no track'),
      (error: unknown) => (error as { name: string }).name,
    ),
  )
}

async function someLabelIsVisible(page: Page): Promise<boolean> {
  return await inPage(page, async ({ navigator }) => {
    const devices = await navigator.mediaDevices.enumerateDevices()
    return devices.some(({ kind, label }) => kind === 'audioinput' && label !== '')
  })
}

async function answerRequests(app: ElectronApplication, granted: boolean): Promise<() => Promise<unknown>> {
  const asked = await app.evaluateHandle(({ session }, granted) => {
    const asked: unknown[] = []
    session.defaultSession.setPermissionRequestHandler((contents, permission, callback, details) => {
      asked.push([permission, 'mediaTypes' in details ? details.mediaTypes : [], contents.getURL()])
      callback(granted)
    })
    return asked
  }, granted)
  return () => asked.jsonValue()
}

test.describe('permissions', () => {
  // Source: docs/tutorial/security.md, point 5 ("By default, Electron will automatically approve all permission requests")
  test('without handlers the microphone is granted and device labels are visible', async ({ app }) => {
    const page = await openWindow(app)
    expect(await askForMicrophone(page)).toBe('granted')
    expect(await someLabelIsVisible(page)).toBe(true)
  })

  // Source: electron.d.ts Session.setPermissionRequestHandler, MediaAccessPermissionRequest.mediaTypes
  test('a request handler that says no makes getUserMedia fail with NotAllowedError', async ({ app }) => {
    const page = await openWindow(app)
    const asked = await answerRequests(app, false)
    expect(await askForMicrophone(page)).toBe('NotAllowedError')
    expect(await asked()).toEqual([['media', ['audio'], 'app://steno/index.html']])
  })

  // Source: electron.d.ts Session.setPermissionRequestHandler ("callback … true to grant")
  test('a request handler that says yes is asked and the microphone is granted', async ({ app }) => {
    const page = await openWindow(app)
    const asked = await answerRequests(app, true)
    expect(await askForMicrophone(page)).toBe('granted')
    expect(await asked()).toEqual([['media', ['audio'], 'app://steno/index.html']])
  })

  // Source: electron.d.ts Session.setPermissionCheckHandler, PermissionCheckHandlerHandlerDetails.mediaType
  test('a check handler that says no hides device labels', async ({ app }) => {
    const page = await openWindow(app)
    const checked = await app.evaluateHandle(({ session }) => {
      const checked: unknown[] = []
      session.defaultSession.setPermissionCheckHandler((_contents, permission, _origin, details) => {
        checked.push(`${permission} ${details.mediaType ?? ''}`)
        return false
      })
      return checked
    })
    expect(await someLabelIsVisible(page)).toBe(false)
    expect(await checked.jsonValue()).toContain('media audio')
  })
})
