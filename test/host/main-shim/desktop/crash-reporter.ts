/** `electron.crashReporter`: what it was told is checked as lib/browser/api/crash-reporter.ts does. It writes no dumps. */
import type Electron from 'electron'

type Members = 'start' | 'getUploadToServer'

let uploads: boolean | undefined

export const crashReporter = {
  start(options) {
    const { submitURL, uploadToServer = true } = options
    if (uploadToServer && (submitURL === undefined || submitURL === '')) {
      throw new Error('submitURL must be specified when uploadToServer is true')
    }
    uploads = uploadToServer
  },

  getUploadToServer() {
    return uploads ?? false
  },
} satisfies Pick<Electron.CrashReporter, Members>
