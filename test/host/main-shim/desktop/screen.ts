/** `electron.screen`: displays as tests arrange them; at first one, with a bar at its top. */
import type Electron from 'electron'
import { hostEvent } from '../host-event.ts'
import { StrictEmitter } from '../not-in-host.ts'
import { isReady } from '../ready.ts'

type Members =
  | 'getPrimaryDisplay'
  | 'getAllDisplays'
  | 'getCursorScreenPoint'
  | 'getDisplayNearestPoint'
  | 'getDisplayMatching'

const BAR_HEIGHT = 27

/** What a test says of a display; the first of all is the primary one. */
export interface DisplayPlan {
  readonly bounds: Electron.Rectangle
  readonly scaleFactor?: number
}

class Screen extends StrictEmitter implements Pick<Electron.Screen, Members> {
  #displays: readonly Electron.Display[] = [
    displayOf({ bounds: { x: 0, y: 0, width: 1920, height: 1080 } }, 0),
  ]
  #cursor: Electron.Point = { x: 0, y: 0 }

  static arrange(screen: Screen, plans: readonly DisplayPlan[]): void {
    const before = screen.#displays
    screen.#displays = plans.map(displayOf)
    for (const [index, display] of screen.#displays.entries()) {
      const old = before[index]
      if (old === undefined) screen.emit('display-added', hostEvent(), display)
      else if (JSON.stringify(old) !== JSON.stringify(display)) {
        screen.emit('display-metrics-changed', hostEvent(), display, changedMetrics(old, display))
      }
    }
    for (const gone of before.slice(plans.length)) screen.emit('display-removed', hostEvent(), gone)
  }

  static moveCursor(screen: Screen, point: Electron.Point): void {
    screen.#cursor = point
  }

  getAllDisplays(): Electron.Display[] {
    requireReady()
    return structuredClone([...this.#displays])
  }

  getPrimaryDisplay(): Electron.Display {
    return firstOf(this.getAllDisplays())
  }

  getCursorScreenPoint(): Electron.Point {
    requireReady()
    return { ...this.#cursor }
  }

  getDisplayNearestPoint(point: Electron.Point): Electron.Display {
    return firstOf(
      this.getAllDisplays().sort((a, b) => distance(a.bounds, point) - distance(b.bounds, point)),
    )
  }

  /** The one that shows most of the rectangle; the nearest where none shows any. */
  getDisplayMatching(rect: Electron.Rectangle): Electron.Display {
    const [best] = this.getAllDisplays().sort((a, b) => overlap(b.bounds, rect) - overlap(a.bounds, rect))
    return best !== undefined && overlap(best.bounds, rect) > 0 ? best : this.getDisplayNearestPoint(rect)
  }
}

function requireReady(): void {
  if (!isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event")
}

function firstOf(displays: readonly Electron.Display[]): Electron.Display {
  const [first] = displays
  if (first === undefined) throw new Error('There is no display')
  return first
}

function displayOf({ bounds, scaleFactor = 1 }: DisplayPlan, index: number): Electron.Display {
  const bar = index === 0 ? BAR_HEIGHT : 0
  const workArea = { ...bounds, y: bounds.y + bar, height: bounds.height - bar }
  return {
    id: index + 1,
    label: `Display ${index + 1}`,
    bounds,
    workArea,
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: workArea.width, height: workArea.height },
    scaleFactor,
    rotation: 0,
    internal: false,
    detected: true,
    monochrome: false,
    colorDepth: 24,
    colorSpace: '',
    depthPerComponent: 8,
    displayFrequency: 60,
    nativeOrigin: { x: bounds.x, y: bounds.y },
    maximumCursorSize: { width: 64, height: 64 },
    touchSupport: 'unknown',
    accelerometerSupport: 'unknown',
  }
}

function changedMetrics(old: Electron.Display, display: Electron.Display): string[] {
  const metrics = ['bounds', 'workArea', 'scaleFactor', 'rotation'] as const
  return metrics.filter((metric) => JSON.stringify(old[metric]) !== JSON.stringify(display[metric]))
}

/** From the point to the nearest of the rectangle, squared. */
function distance({ x, y, width, height }: Electron.Rectangle, point: Electron.Point): number {
  const dx = Math.max(x - point.x, 0, point.x - (x + width - 1))
  const dy = Math.max(y - point.y, 0, point.y - (y + height - 1))
  return dx * dx + dy * dy
}

function overlap(a: Electron.Rectangle, b: Electron.Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(width, 0) * Math.max(height, 0)
}

export const screen = new Screen('screen')

export function arrangeDisplays(plans: readonly DisplayPlan[]): void {
  Screen.arrange(screen, plans)
}

export function moveCursor(point: Electron.Point): void {
  Screen.moveCursor(screen, point)
}
