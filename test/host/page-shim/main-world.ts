/** What runs in the page's own world before its scripts: exposes the preload's API and guards permissions. */
import type { PageSetup } from '../shared/wire.ts'
import { Bridge } from './bridge.ts'
import type { Request } from './bridge.ts'
import { isMainFrame, page } from './dom.ts'
import { awaitMeeting } from './meeting.ts'
import { guardPermissions } from './permission-guard.ts'
import { MarkReceiver } from './port-marks.ts'

export function start({ secret }: PageSetup): void {
  if (!isMainFrame()) return
  const ports = new MarkReceiver()
  awaitMeeting(secret, (node) => {
    const bridge = new Bridge(node, 'main', (request) => {
      if (request.kind === 'expose') expose(bridge, request)
      if (request.kind === 'marks') ports.receive(request.marks)
    })
    guardPermissions(async (question) => (await bridge.request({ kind: 'ask', question })) === true)
  })
}

function expose(bridge: Bridge, { key, api }: Extract<Request, { kind: 'expose' }>): void {
  if (Object.hasOwn(page, key)) {
    throw new Error('Cannot bind an API on top of an existing property on the window object')
  }
  Object.defineProperty(page, key, { value: bridge.packer.unpack(api, true), enumerable: true })
}
