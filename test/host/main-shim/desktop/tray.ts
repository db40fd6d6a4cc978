/** `electron.Tray`: keeps what the app gave it, and is clicked by tests. */
import process from 'node:process'
import type Electron from 'electron'
import { StrictEmitter } from '../not-in-host.ts'
import { isReady } from '../ready.ts'
import { Menu } from './menu.ts'
import { NativeImage } from './native-image.ts'

type Members =
  'setToolTip' | 'setTitle' | 'getTitle' | 'closeContextMenu' | 'destroy' | 'isDestroyed' | 'getBounds'

/** Where the icon is on the screen. */
const BOUNDS: Electron.Rectangle = { x: 1800, y: 0, width: 24, height: 24 }

/** Those that are not destroyed, oldest first. */
export const trays = new Set<Tray>()

export class Tray extends StrictEmitter implements Pick<Electron.Tray, Members> {
  #image: NativeImage
  #toolTip = ''
  #title = ''
  #menu: Menu | null = null
  #shown: Menu | undefined

  constructor(image: NativeImage | string) {
    super('Tray#')
    if (!isReady()) throw new Error('Cannot create Tray before app is ready')
    this.#image = converted(image)
    trays.add(this)
  }

  setImage(image: NativeImage | string): void {
    this.#requireAlive()
    this.#image = converted(image)
  }

  setToolTip(toolTip: string): void {
    this.#requireAlive()
    this.#toolTip = toolTip
  }

  /** Shown on macOS only. */
  setTitle(title: string): void {
    this.#requireAlive()
    if (process.platform === 'darwin') this.#title = title
  }

  getTitle(): string {
    this.#requireAlive()
    return this.#title
  }

  setContextMenu(menu: Menu | null): void {
    this.#requireAlive()
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Must pass Menu or null')
    this.#menu = menu
  }

  popUpContextMenu(menu?: Menu): void {
    this.#requireAlive()
    // Neither do trays of Linux do that.
    if (process.platform !== 'linux') this.#open(menu ?? this.#menu)
  }

  closeContextMenu(): void {
    this.#requireAlive()
    this.#shown?.closePopup()
  }

  getBounds(): Electron.Rectangle {
    this.#requireAlive()
    return process.platform === 'linux' ? { x: 0, y: 0, width: 0, height: 0 } : { ...BOUNDS }
  }

  destroy(): void {
    trays.delete(this)
    this.#menu = null
  }

  isDestroyed(): boolean {
    return !trays.has(this)
  }

  /** What a person sees of it; for tests. */
  static look(tray: Tray): TrayLook {
    return { image: tray.#image, toolTip: tray.#toolTip, title: tray.#title, menu: tray.#menu }
  }

  static click(tray: Tray): void {
    tray.emit('click', {}, tray.getBounds(), { x: 0, y: 0 })
  }

  /** Opens the context menu; on Linux without an event. */
  static rightClick(tray: Tray): void {
    if (process.platform !== 'linux') tray.emit('right-click', {}, tray.getBounds())
    tray.#open(tray.#menu)
  }

  #open(menu: Menu | null): void {
    this.#shown = menu ?? undefined
    menu?.open()
  }

  #requireAlive(): void {
    if (this.isDestroyed()) throw new Error('Tray is destroyed')
  }
}

export interface TrayLook {
  readonly image: NativeImage
  readonly toolTip: string
  readonly title: string
  readonly menu: Menu | null
}

/** As NativeImage::TryConvertNativeImage has it. */
function converted(given: NativeImage | string): NativeImage {
  if (typeof given !== 'string') return given
  const image = NativeImage.createFromPath(given)
  if (image.isEmpty()) throw new Error(`Failed to load image from path '${given}'`)
  return image
}
