/** `electron.ipcMain`: the app's listeners and handlers. What calls them is in ipc-dispatch.ts. */
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { strict } from './not-in-host.ts'

type InvokeHandler = Parameters<Electron.IpcMain['handle']>[1]

class IpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly #handlers = new Map<string, InvokeHandler>()

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    }
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args: unknown[]) => {
      this.removeHandler(channel)
      return handler(event, ...args) as unknown
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  static handlerOf(target: IpcMain, channel: string): InvokeHandler | undefined {
    return target.#handlers.get(channel)
  }
}

strict(IpcMain.prototype, 'ipcMain')
export const ipcMain = new IpcMain()

export function invokeHandler(channel: string): InvokeHandler | undefined {
  return IpcMain.handlerOf(ipcMain, channel)
}
