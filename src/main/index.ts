/** Composition root: builds every part of the app and owns the one dispose stack. */
import { app, session } from 'electron'
import { TUNING } from '../shared/tuning.ts'
import { systemClock } from '../supervisor/system-clock.ts'
import { runUntilQuit } from './app-lifecycle.ts'
import { Dictations } from './dictation/dictations.ts'
import { serveIpc } from './ipc.ts'
import { stderrLog as log } from './log.ts'
import { preloadScript, rendererFolder } from './paths.ts'
import { registerScheme, serveRenderer } from './renderer-scheme.ts'
import { guardNavigation, guardPermissions } from './security.ts'
import { createSupervisor } from './transcription.ts'
import { openMainWindow } from './windows.ts'

const stack = new AsyncDisposableStack()

app.enableSandbox()
registerScheme()
guardNavigation(app)
runUntilQuit({ app, stack, clock: systemClock, deadlineMs: TUNING.quitMs, log })
// Not awaited: Electron is ready only when this module has ended (electron/electron#41369).
void app.whenReady().then(start)

function start(): void {
  serveRenderer(rendererFolder)
  guardPermissions(session.defaultSession)

  const supervisor = stack.use(createSupervisor(systemClock, TUNING, log))
  const dictations = stack.use(new Dictations(supervisor))
  stack.use(serveIpc(dictations, log))

  const window = openMainWindow(preloadScript, log)
  stack.use(
    dictations.onSnapshot((snapshot) => {
      window.send('snapshot', snapshot)
    }),
  )
  void dictations.warm()
}
