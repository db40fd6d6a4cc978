/** The half of a BrowserWindow that has nothing to do with its page: place, visibility, focus, title and flags. */
import type Electron from 'electron'
import { app } from './app.ts'
import { hostEvent } from './host-event.ts'
import { StrictEmitter } from './not-in-host.ts'
import { windowFocus } from './window-focus.ts'

type Implemented = Pick<
  Electron.BaseWindow,
  | 'id'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isDestroyed'
  | 'isVisible'
  | 'isFocused'
  | 'focus'
  | 'blur'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'setBounds'
  | 'getBounds'
  | 'setSize'
  | 'getSize'
  | 'setPosition'
  | 'getPosition'
  | 'center'
  | 'setAlwaysOnTop'
  | 'isAlwaysOnTop'
  | 'setVisibleOnAllWorkspaces'
  | 'setIgnoreMouseEvents'
  | 'setFocusable'
  | 'isFocusable'
  | 'setTitle'
  | 'getTitle'
  | 'setMenu'
  | 'removeMenu'
  | 'setSkipTaskbar'
>

/** Electron's defaults. */
const DEFAULT_BOUNDS: Electron.Rectangle = { x: 0, y: 0, width: 800, height: 600 }

let lastId = 0

export abstract class BaseWindow extends StrictEmitter implements Implemented {
  readonly id = ++lastId
  #destroyed = false
  #visible: boolean
  #minimized = false
  #bounds: Electron.Rectangle
  #alwaysOnTop: boolean
  #focusable: boolean
  #title: string

  constructor(options: Electron.BaseWindowConstructorOptions) {
    super('BrowserWindow#')
    const { x, y, width, height } = { ...DEFAULT_BOUNDS, ...options }
    this.#bounds = { x, y, width, height }
    this.#visible = options.show ?? true
    this.#alwaysOnTop = options.alwaysOnTop ?? false
    this.#focusable = options.focusable ?? true
    this.#title = options.title ?? app.getName()
  }

  /** Brings the real window in line. */
  protected abstract placed(bounds: Electron.Rectangle): void
  protected abstract visibilityChanged(visible: boolean): void

  protected markDestroyed(): void {
    this.#destroyed = true
  }

  protected refuseDestroyed(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }

  show(): void {
    this.#appear()
    windowFocus.request(this)
  }

  showInactive(): void {
    this.#appear()
  }

  hide(): void {
    this.refuseDestroyed()
    windowFocus.leave(this)
    if (!this.#visible) return
    this.#visible = false
    this.visibilityChanged(false)
    this.emit('hide')
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isVisible(): boolean {
    this.refuseDestroyed()
    return this.#visible && !this.#minimized
  }

  isFocused(): boolean {
    this.refuseDestroyed()
    return windowFocus.isOn(this)
  }

  focus(): void {
    this.refuseDestroyed()
    if (this.#visible) windowFocus.request(this)
  }

  blur(): void {
    this.refuseDestroyed()
    windowFocus.leave(this)
  }

  minimize(): void {
    this.refuseDestroyed()
    if (this.#minimized) return
    this.#minimized = true
    this.visibilityChanged(false)
    windowFocus.leave(this)
    this.emit('minimize')
  }

  restore(): void {
    this.refuseDestroyed()
    if (!this.#minimized) return
    this.#minimized = false
    this.visibilityChanged(this.#visible)
    this.emit('restore')
  }

  isMinimized(): boolean {
    this.refuseDestroyed()
    return this.#minimized
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.refuseDestroyed()
    const before = this.#bounds
    this.#bounds = { ...before, ...bounds }
    const { x, y, width, height } = this.#bounds
    if (x !== before.x || y !== before.y) this.emit('move')
    if (width !== before.width || height !== before.height) this.emit('resize')
    this.placed(this.#bounds)
  }

  getBounds(): Electron.Rectangle {
    this.refuseDestroyed()
    return { ...this.#bounds }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getSize(): number[] {
    const { width, height } = this.getBounds()
    return [width, height]
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds()
    return [x, y]
  }

  center(): void {
    this.refuseDestroyed()
    // Where on the screen a window is concerns nobody here.
  }

  setAlwaysOnTop(flag: boolean): void {
    this.refuseDestroyed()
    if (flag === this.#alwaysOnTop) return
    this.#alwaysOnTop = flag
    this.emit('always-on-top-changed', hostEvent(), flag)
  }

  isAlwaysOnTop(): boolean {
    this.refuseDestroyed()
    return this.#alwaysOnTop
  }

  setFocusable(focusable: boolean): void {
    this.refuseDestroyed()
    this.#focusable = focusable
  }

  isFocusable(): boolean {
    this.refuseDestroyed()
    return this.#focusable
  }

  setTitle(title: string): void {
    this.refuseDestroyed()
    this.#title = title
  }

  getTitle(): string {
    this.refuseDestroyed()
    return this.#title
  }

  setVisibleOnAllWorkspaces(_visible: boolean): void {
    this.refuseDestroyed()
  }

  setIgnoreMouseEvents(_ignore: boolean): void {
    this.refuseDestroyed()
  }

  setMenu(_menu: Electron.Menu | null): void {
    this.refuseDestroyed()
  }

  removeMenu(): void {
    this.refuseDestroyed()
  }

  setSkipTaskbar(_skip: boolean): void {
    this.refuseDestroyed()
  }

  #appear(): void {
    this.refuseDestroyed()
    if (this.#visible) return
    this.#visible = true
    this.visibilityChanged(true)
    this.emit('show')
  }
}
