/** Where the app begins: one instance, one shutdown, and the parts once Electron is ready. */
import process from 'node:process'
import { app, dialog } from 'electron'
import { textOf } from '../shared/errors.ts'
import { TUNING } from '../shared/tuning.ts'
import { systemClock } from '../process/system-clock.ts'
import { runUntilQuit } from './app-lifecycle.ts'
import { HIDDEN_FLAG } from './system/autostart.ts'
import { remoteCommand } from './system/command-line.ts'
import { keepCrashDumps } from './history/build.ts'
import { openLog } from './system/log-file.ts'
import { userFiles } from './paths.ts'
import { registerScheme } from './windows/renderer-scheme.ts'
import { guardNavigation } from './windows/security.ts'
import { Shutdown } from './shutdown.ts'
import { Steno } from './steno.ts'

app.enableSandbox()
// Before anything touches the user's files: they belong to one instance at a time.
if (app.requestSingleInstanceLock()) begin()
else app.quit()

function begin(): void {
  const log = openLog(userFiles().log, Date.now)
  const shutdown = new Shutdown()
  const command = remoteCommand(process.argv)
  registerScheme()
  keepCrashDumps()
  guardNavigation(app)
  const leaving = runUntilQuit({
    app,
    acts: () => shutdown.acts(),
    clock: systemClock,
    deadlineMs: TUNING.quitMs,
    log,
  })

  // Not awaited: Electron is ready only when this module has ended (electron/electron#41369).
  app
    .whenReady()
    .then(ready)
    .catch((error: unknown) => {
      log('error', `Steno could not start: ${textOf(error)}`)
      dialog.showErrorBox('Steno could not start', textOf(error))
      app.quit()
    })

  function ready(): void {
    // Somebody changed their mind at once.
    if (leaving()) return
    const hidden = process.argv.includes(HIDDEN_FLAG)
    const steno = new Steno({ clock: systemClock, tuning: TUNING, log, shutdown, hidden })
    if (command !== 'show') steno.run(command)
    // Whoever starts Steno again wants the one that runs.
    app.on('second-instance', (_event, argv) => {
      steno.run(remoteCommand(argv))
    })
    app.on('activate', () => {
      steno.run('show')
    })
  }
}
