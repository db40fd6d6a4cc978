/** What comes from a page's isolated world: calls the app's listeners and handlers, and routes ports and questions. */
import { error as logError } from 'node:console'
import type Electron from 'electron'
import { decode, encode } from '../shared/codec.ts'
import type { ToMain } from '../shared/wire.ts'
import { hostEvent } from './host-event.ts'
import { invokeHandler, ipcMain } from './ipc-main.ts'
import type { PageDocument } from './page-document.ts'
import { decidePermission } from './permissions.ts'
import { portHub } from './ports.ts'
import type { MessagePortMain } from './ports.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrameMain } from './web-frame-main.ts'

export function dispatch(
  sender: WebContents,
  frame: WebFrameMain,
  document: PageDocument,
  message: ToMain,
): void {
  switch (message.kind) {
    case 'send':
      emit(ipcEvent(sender, frame, []), message.channel, decode(message.args) as unknown[])
      break
    case 'post': {
      const ports = message.ports.map((id) => portHub.adopt(id, document))
      emit(ipcEvent(sender, frame, ports), message.channel, [decode(message.message)])
      break
    }
    case 'invoke':
      void invoke(ipcEvent(sender, frame, []), document, message)
      break
    case 'port':
      portHub.receive(message.id, message.frame, document)
      break
    case 'ask':
      void decidePermission(sender, frame, document, message.question).then((granted) => {
        document.post({ kind: 'answer', id: message.id, granted })
      })
      break
    case 'title':
      sender.emit('page-title-updated', hostEvent(), message.title, true)
      break
    case 'held-back':
      // The page's owner has dealt with it.
      break
    case 'preload-error':
      sender.emit('preload-error', hostEvent(), message.path, new Error(message.error))
      break
  }
}

function emit(event: Electron.Event, channel: string, args: unknown[]): void {
  ipcMain.emit(channel, event, ...args)
}

async function invoke(
  event: ReturnType<typeof ipcEvent>,
  document: PageDocument,
  { id, channel, args }: Extract<ToMain, { kind: 'invoke' }>,
): Promise<void> {
  try {
    const handler = invokeHandler(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    // Typed against all of Electron; the app gets the part that the contract names.
    const invokeEvent = event as unknown as Electron.IpcMainInvokeEvent
    const value: unknown = await handler(invokeEvent, ...(decode(args) as unknown[]))
    document.post({ kind: 'result', id, value: encode(value) })
  } catch (error) {
    logError(`Error occurred in handler for '${channel}':`, error)
    document.post({ kind: 'failure', id, error: String(error) })
  }
}

function ipcEvent(sender: WebContents, frame: WebFrameMain, ports: MessagePortMain[]) {
  return hostEvent({
    type: 'frame' as const,
    sender,
    ports,
    frameId: frame.routingId,
    processId: frame.processId,
    get senderFrame(): WebFrameMain | null {
      return frame.detached ? null : frame
    },
    reply(channel: string, ...args: unknown[]): void {
      frame.send(channel, ...args)
    },
  })
}
