/** What runs in a page's isolated world: the `electron` module of a sandboxed preload, and the way to main. */
import type { PageSetup, PermissionQuestion, ToPage } from '../shared/wire.ts'
import { Bridge } from './bridge.ts'
import { isMainFrame, page } from './dom.ts'
import { holdBack } from './hold-back.ts'
import { HostLink } from './host-link.ts'
import { IpcRenderer } from './ipc-renderer.ts'
import { meet } from './meeting.ts'
import { LostBuffers } from './lost-buffers.ts'
import { PagePorts } from './page-ports.ts'
import { announceMarks } from './port-marks.ts'
import { watchTitle } from './title.ts'
import { preloadRunner } from './preload-runner.ts'

export function start(setup: PageSetup): void {
  if (!isMainFrame()) return
  const link = new HostLink(setup.markerBytes)
  const buffers = new LostBuffers()
  const ports = new PagePorts(link, buffers)
  const ipcRenderer = new IpcRenderer(link, ports)
  const questions = new Map<number, (granted: boolean) => void>()
  let lastQuestion = 0

  link.onMessage((message: ToPage) => {
    switch (message.kind) {
      case 'event':
        IpcRenderer.deliver(ipcRenderer, message)
        break
      case 'result':
      case 'failure':
        IpcRenderer.settle(ipcRenderer, message)
        break
      case 'port':
        ports.receive(message.id, message.frame)
        break
      case 'answer':
        questions.get(message.id)?.(message.granted)
        questions.delete(message.id)
        break
    }
  })

  const bridge = new Bridge(meet(setup.secret), 'isolated', (request) => {
    if (request.kind !== 'ask') return undefined
    const id = ++lastQuestion
    return new Promise<boolean>((resolve) => {
      questions.set(id, resolve)
      link.send({ kind: 'ask', id, question: request.question as PermissionQuestion })
    })
  })
  announceMarks(buffers, (marks) => {
    bridge.request({ kind: 'marks', marks })
  })
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      bridge.request({ kind: 'expose', key, api: bridge.packer.pack(api) })
    },
  }
  holdBack((url) => {
    link.send({ kind: 'held-back', url })
  })
  watchTitle((title) => {
    link.send({ kind: 'title', title })
  })
  page['__hostPreload'] = preloadRunner(setup, { contextBridge, ipcRenderer }, (error) => {
    link.send({ kind: 'preload-error', path: setup.preloadPath, error })
  })
}
