/** `electron.Notification`: shown ones stay until the app closes them or a test clicks or dismisses them. */
import { randomUUID } from 'node:crypto'
import type Electron from 'electron'
import { hostEvent } from '../host-event.ts'
import { StrictEmitter } from '../not-in-host.ts'
import { isReady } from '../ready.ts'

type Unlike = keyof NodeJS.EventEmitter

/** What is on the screen now, and what was ever shown, oldest first. */
export const onScreen = new Set<Notification>()
export const everShown: { readonly title: string; readonly body: string }[] = []

export class Notification extends StrictEmitter implements Omit<Electron.Notification, Unlike> {
  readonly id: string
  readonly groupId: string
  readonly groupTitle: string
  title: string
  subtitle: string
  body: string
  silent: boolean
  hasReply: boolean
  timeoutType: Electron.Notification['timeoutType']
  replyPlaceholder: string
  sound: string
  urgency: Electron.Notification['urgency']
  actions: Electron.NotificationAction[]
  closeButtonText: string
  toastXml: string

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super('Notification#')
    if (!isReady()) throw new Error('Cannot create Notification before app is ready')
    const texts = textsOf(options)
    this.id = options.id ?? randomUUID()
    this.groupId = texts('groupId')
    this.groupTitle = texts('groupTitle')
    this.title = texts('title')
    this.subtitle = texts('subtitle')
    this.body = texts('body')
    this.replyPlaceholder = texts('replyPlaceholder')
    this.sound = texts('sound')
    this.closeButtonText = texts('closeButtonText')
    this.toastXml = texts('toastXml')
    this.silent = options.silent ?? false
    this.hasReply = options.hasReply ?? false
    this.timeoutType = options.timeoutType ?? 'default'
    this.urgency = options.urgency ?? 'normal'
    this.actions = options.actions ?? []
  }

  static isSupported(): boolean {
    return true
  }

  /** Shows it anew when it is there already; `show` comes a moment later. */
  show(): void {
    this.close()
    onScreen.add(this)
    everShown.push({ title: this.title, body: this.body })
    setImmediate(() => {
      if (onScreen.has(this)) this.emit('show', hostEvent())
    })
  }

  /** Without the event `close`: Electron stops listening to the notification first. */
  close(): void {
    onScreen.delete(this)
  }

  static click(notification: Notification): void {
    onScreen.delete(notification)
    notification.emit('click', hostEvent())
  }

  /** By the person. */
  static dismiss(notification: Notification): void {
    onScreen.delete(notification)
    notification.emit('close', hostEvent({ reason: 'userCanceled' }))
  }
}

type Text = 'groupId' | 'groupTitle' | 'title' | 'subtitle' | 'body' | 'replyPlaceholder' | 'sound' | Windows
type Windows = 'closeButtonText' | 'toastXml'

function textsOf(options: Electron.NotificationConstructorOptions): (name: Text) => string {
  return (name) => options[name] ?? ''
}
