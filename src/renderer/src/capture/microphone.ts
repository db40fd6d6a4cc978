/** Device → mono 16 kHz frames, by the browser. Each opening has a stream and an audio graph of its own. */
import { SAMPLE_RATE } from '../../../shared/audio.ts'
import { settlesWithin, type Clock } from '../../../shared/clock.ts'
import { StenoError } from '../../../shared/errors.ts'
import type { Tuning } from '../../../shared/tuning.ts'
import type { AudioInput, Microphone, MicrophoneEvents, Microphones } from './microphones.ts'
import type { FromWorklet, ToWorklet } from './worklet-messages.ts'
import workletUrl from './worklet.ts?worker&url'

export type MicrophoneTuning = Pick<Tuning, 'contextResumeMs'>

export function browserMicrophones(clock: Clock, tuning: MicrophoneTuning): Microphones {
  return {
    list: listInputs,
    open: (id, events) => open(id, events, clock, tuning),
    onChange(listener) {
      navigator.mediaDevices.addEventListener('devicechange', listener)
      return {
        [Symbol.dispose]() {
          navigator.mediaDevices.removeEventListener('devicechange', listener)
        },
      }
    },
  }
}

async function listInputs(): Promise<readonly AudioInput[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind }) => kind === 'audioinput')
    .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, group: groupId }))
}

async function open(
  id: string | undefined,
  events: MicrophoneEvents,
  clock: Clock,
  tuning: MicrophoneTuning,
): Promise<Microphone> {
  await using opening = new AsyncDisposableStack()
  // Chromium resamples to the context's rate, properly.
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' })
  opening.defer(() => context.close())
  // Both take a while; the device takes longer.
  const [track] = await Promise.all([openTrack(id, opening), context.audioWorklet.addModule(workletUrl)])

  const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) })
  opening.defer(() => {
    source.disconnect()
  })
  const frames = opening.use(new FramesNode(context, events))
  source.connect(frames.node)
  // Made far from a click a context starts suspended, and says nothing.
  await run(context, clock, tuning)
  if (track.readyState === 'ended')
    throw new StenoError('capture-failed', 'The microphone ended while it was opened.')

  const watching = new AbortController()
  opening.defer(() => {
    watching.abort()
  })
  const { signal } = watching
  track.addEventListener(
    'ended',
    () => {
      events.lost('lost', 'the track has ended')
    },
    { signal },
  )
  context.addEventListener(
    'statechange',
    () => {
      if (context.state !== 'suspended') return
      run(context, clock, tuning).catch((error: unknown) => {
        if (!signal.aborted) events.lost('broken', String(error))
      })
    },
    { signal },
  )
  const owned = opening.move()
  return {
    device: { id: track.getSettings().deviceId ?? '', label: track.label },
    flush: () => frames.flush(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function openTrack(id: string | undefined, owner: AsyncDisposableStack): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: { ideal: 1 },
      // The recogniser wants the voice as it is: it was trained without these.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      ...(id === undefined ? {} : { deviceId: { exact: id } }),
    },
  })
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (owner.disposed) stop()
  else owner.defer(stop)
  const track = stream.getAudioTracks()[0]
  if (track === undefined) throw new StenoError('capture-failed', 'The stream has no sound.')
  return track
}

async function run(
  context: AudioContext,
  clock: Clock,
  { contextResumeMs }: MicrophoneTuning,
): Promise<void> {
  const resumed = context.resume()
  // It rejects when the context is closed meanwhile.
  resumed.catch(() => undefined)
  await settlesWithin(clock, contextResumeMs, resumed)
  if (context.state !== 'running') {
    throw new StenoError('capture-failed', `The audio context stayed ${context.state}.`)
  }
}

/** The page's end of the audio thread's processor. */
class FramesNode implements Disposable {
  readonly node: AudioWorkletNode
  #flushes: (() => void)[] = []

  constructor(context: AudioContext, events: MicrophoneEvents) {
    this.node = new AudioWorkletNode(context, 'steno-frames', { numberOfInputs: 1, numberOfOutputs: 0 })
    this.node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
      if (data === 'flushed') this.#flushed()
      else events.frame(data)
    }
    this.node.onprocessorerror = () => {
      events.lost('broken', 'the audio thread failed')
    }
  }

  async flush(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#flushes.push(() => {
      resolve(undefined)
    })
    this.#tell('flush')
    await promise
  }

  [Symbol.dispose](): void {
    this.node.port.onmessage = null
    this.node.onprocessorerror = null
    this.#tell('stop')
    this.node.disconnect()
    this.#flushed()
  }

  #flushed(): void {
    for (const flushed of this.#flushes.splice(0)) flushed()
  }

  #tell(message: ToWorklet): void {
    this.node.port.postMessage(message)
  }
}
