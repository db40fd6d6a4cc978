/**
 * Runs in the page before its own scripts: a main that records what it is told, and hands on the browser's media, so that
 * a test can pull them out. Self-contained, for it crosses as text.
 */
import type { Answer, CaptureApi } from '../../../src/shared/app-ipc.ts'
import type { CaptureCommand, CaptureEvent } from '../../../src/shared/capture.ts'

export interface Sound {
  readonly froms: number[]
  readonly frames: Float32Array[]
  /** Milliseconds of the page's clock. */
  startedAt: number
  firstAt: number | undefined
  stoppedAt: number | undefined
  endedAt: number | undefined
  samples: number | undefined
}

interface Track extends EventTarget {
  readonly readyState: 'live' | 'ended'
  stop(): void
}

interface Context {
  readonly state: string
}

/** What tests see as `window.world`. */
export interface PageWorld {
  readonly events: (CaptureEvent & { readonly at: number })[]
  readonly sounds: Map<number, Sound>
  readonly tracks: Track[]
  readonly contexts: Context[]
  /** What `getUserMedia` rejects with, by name; undefined lets it through. */
  refuse: string | undefined
  /** Ids that are plugged out. */
  readonly unplugged: Set<string>
  command(command: CaptureCommand): void
  unplug(id: string): void
  plug(id: string): void
}

interface Media extends EventTarget {
  getUserMedia(wanted: {
    audio: { deviceId?: { exact: string } }
  }): Promise<{ getTracks(): (Track & { getSettings(): { deviceId?: string } })[] }>
  enumerateDevices(): Promise<{ deviceId: string }[]>
}

export function installWorld(): void {
  const page = globalThis as unknown as {
    world: PageWorld
    stenoCapture: CaptureApi
    navigator: { mediaDevices: Media }
    AudioContext: new (options?: object) => Context
    DOMException: new (message: string, name: string) => Error
  }
  const listeners = new Set<(command: CaptureCommand) => void>()
  const deviceOf = new Map<Track, string>()
  const { mediaDevices } = page.navigator

  const soundOf = (id: number): Sound => {
    const sound = world.sounds.get(id)
    if (sound === undefined) throw new Error(`dictation ${id} was not started`)
    return sound
  }

  const world: PageWorld = {
    events: [],
    sounds: new Map(),
    tracks: [],
    contexts: [],
    refuse: undefined,
    unplugged: new Set(),
    command(command) {
      const now = performance.now()
      if (command.kind === 'start') {
        world.sounds.set(command.id, {
          froms: [],
          frames: [],
          startedAt: now,
          firstAt: undefined,
          stoppedAt: undefined,
          endedAt: undefined,
          samples: undefined,
        })
      }
      if (command.kind === 'stop') soundOf(command.id).stoppedAt = now
      for (const listener of listeners) listener(command)
    },
    unplug(id) {
      world.unplugged.add(id)
      for (const track of world.tracks) {
        if (track.readyState === 'ended' || deviceOf.get(track) !== id) continue
        track.stop()
        // The browser says so only when it was not asked for it.
        track.dispatchEvent(new Event('ended'))
      }
      mediaDevices.dispatchEvent(new Event('devicechange'))
    },
    plug(id) {
      world.unplugged.delete(id)
      mediaDevices.dispatchEvent(new Event('devicechange'))
    },
  }

  const answer = (): Promise<Answer<null>> => Promise.resolve({ ok: true, value: null })
  page.stenoCapture = {
    onCommand(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    tell(event) {
      world.events.push({ ...event, at: performance.now() })
      return answer()
    },
    sendSound(id, from, pcm) {
      const sound = soundOf(id)
      sound.firstAt ??= performance.now()
      sound.froms.push(from)
      sound.frames.push(pcm.slice())
    },
    endSound(id, samples) {
      const sound = soundOf(id)
      sound.endedAt = performance.now()
      sound.samples = samples
    },
    onRefused: () => () => undefined,
  }

  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (wanted) => {
    if (world.refuse !== undefined) throw new page.DOMException('refused by the test', world.refuse)
    const id = wanted.audio.deviceId?.exact
    if (world.unplugged.has(id ?? 'default')) throw new page.DOMException('unplugged', 'NotFoundError')
    const stream = await getUserMedia(wanted)
    for (const track of stream.getTracks()) {
      world.tracks.push(track)
      deviceOf.set(track, track.getSettings().deviceId ?? 'default')
    }
    return stream
  }
  const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices)
  mediaDevices.enumerateDevices = async () =>
    (await enumerateDevices()).filter(({ deviceId }) => !world.unplugged.has(deviceId))

  page.AudioContext = class extends page.AudioContext {
    constructor(options?: object) {
      super(options)
      world.contexts.push(this)
    }
  }
  page.world = world
}
