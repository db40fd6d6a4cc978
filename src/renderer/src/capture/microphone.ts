/** Device → mono 16 kHz frames. Owns the stream, the audio graph and their end. */
import { SAMPLE_RATE, type Pcm } from '../../../shared/audio.ts'
import workletUrl from './worklet.ts?worker&url'

export interface Microphone {
  /** Lets the frame in work out, then gives the device back. */
  stop(): Promise<void>
}

export interface MicrophoneEvents {
  frame(pcm: Pcm): void
  /** The device went away by itself. */
  lost(): void
}

/** Rejects as `getUserMedia` does: NotAllowedError, NotFoundError, NotReadableError. */
export async function openMicrophone(events: MicrophoneEvents): Promise<Microphone> {
  const stack = new AsyncDisposableStack()
  try {
    // The recogniser wants the voice as it is: it was trained without these.
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
    stack.defer(() => {
      for (const track of stream.getTracks()) track.stop()
    })
    for (const track of stream.getAudioTracks())
      track.addEventListener('ended', () => {
        events.lost()
      })

    // Chromium resamples to the context's rate, properly.
    const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' })
    stack.defer(() => context.close())
    await context.audioWorklet.addModule(workletUrl)
    const source = context.createMediaStreamSource(stream)
    const frames = new AudioWorkletNode(context, 'steno-frames', { numberOfInputs: 1, numberOfOutputs: 0 })
    const stopped = Promise.withResolvers<undefined>()
    frames.port.onmessage = ({ data }: MessageEvent<Pcm | 'stopped'>) => {
      if (data === 'stopped') stopped.resolve(undefined)
      else events.frame(data)
    }
    source.connect(frames)
    // Made far from a click a context starts suspended, and says nothing.
    await context.resume()
    return {
      async stop() {
        frames.port.postMessage('stop')
        await stopped.promise
        await stack.disposeAsync()
      },
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
