/**
 * The main module of every utility process: makes plain Node look like Electron's, then runs the app's script. The
 * process lives until it exits by itself or main is gone; an idle one stays, as on Electron (electron#47228).
 */
import { Socket } from 'node:net'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { FramePipe } from '../main-shim/frame-pipe.ts'
import { portHub, type RemotePlace } from '../main-shim/ports.ts'
import { decode } from '../shared/codec.ts'
import type { ChildSetup } from '../shared/child-frames.ts'
import { provideElectron } from './electron-module.ts'
import { ParentPort } from './parent-port.ts'

const [, , setupText = '{}'] = process.argv
const setup = JSON.parse(setupText) as ChildSetup

const toMain = new FramePipe(
  new Socket({ fd: 3 }),
  (frame) => {
    if (frame.kind === 'port') portHub.receive(frame.id, frame.frame, main)
    else {
      const ports = frame.ports.map((id) => portHub.adopt(id, main))
      parentPort.receive(() => ({ data: decode(frame.data), ports }))
    }
  },
  () => process.exit(),
)
const main: RemotePlace = {
  deliver: (id, frame) => {
    toMain.send({ kind: 'port', id, frame })
  },
}
const parentPort = new ParentPort((data) => {
  toMain.send({ kind: 'message', data, ports: [] })
})

process.argv.splice(1, 2, setup.script)
process.execArgv = [...setup.execArgv]
Object.defineProperties(process, {
  parentPort: { value: parentPort, enumerable: true },
  type: { value: 'utility', enumerable: true },
  versions: { value: Object.freeze({ ...process.versions, ...setup.versions }), enumerable: true },
})
provideElectron(parentPort)

import(pathToFileURL(setup.script).href).catch((error: unknown) => {
  // As an uncaught exception and not as a rejection: the process ends with code 1.
  process.nextTick(() => {
    throw error
  })
})
