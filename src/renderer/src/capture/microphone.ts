/**
 * Device → mono 16 kHz frames, by the browser. Reads what the device gave, piece by piece: there is no audio graph with
 * a clock of its own, which drops sound when the machine is busy (docs/decisions/0009-no-audio-graph.md).
 */
import { StenoError } from '../../../shared/errors.ts'
import { Framer } from './framer.ts'
import type { AudioInput, Microphone, MicrophoneEvents, Microphones } from './microphones.ts'

/** Pieces of 10 ms: a page that is held up for half a minute loses nothing. */
const WAITING_PIECES = 3_000

export const browserMicrophones: Microphones = {
  list: listInputs,
  open: openMicrophone,
  onChange(listener) {
    navigator.mediaDevices.addEventListener('devicechange', listener)
    return {
      [Symbol.dispose]() {
        navigator.mediaDevices.removeEventListener('devicechange', listener)
      },
    }
  },
}

async function listInputs(): Promise<readonly AudioInput[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind }) => kind === 'audioinput')
    .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, group: groupId }))
}

async function openMicrophone(id: string | undefined, events: MicrophoneEvents): Promise<Microphone> {
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
  await using opening = new AsyncDisposableStack()
  opening.defer(() => {
    for (const track of stream.getTracks()) track.stop()
  })
  const track = stream.getAudioTracks()[0]
  if (track === undefined) throw new StenoError('capture-failed', 'The stream has no sound.')
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: WAITING_PIECES })
  const reader = readable.getReader()
  opening.defer(() => reader.cancel())
  const owned = opening.move()
  void pump(reader, events, owned)
  return {
    device: { id: track.getSettings().deviceId ?? '', label: track.label },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Until the track ends: by itself, which is told, or because the owner was disposed. */
async function pump(
  reader: ReadableStreamDefaultReader<AudioData>,
  events: MicrophoneEvents,
  owner: AsyncDisposableStack,
): Promise<void> {
  const framer = new Framer((frame) => {
    events.frame(frame)
  })
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (owner.disposed) piece.value.close()
      else framer.push(...contentsOf(piece.value))
    }
    if (owner.disposed) return
    framer.flush()
    events.lost('lost', 'the track has ended')
  } catch (error) {
    if (!owner.disposed) events.lost('broken', String(error))
  }
}

/** A piece's channels and rate. Gives its memory back to the browser, which has little of it. */
function contentsOf(data: AudioData): [channels: readonly Float32Array[], rate: number] {
  const channels = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
    const channel = new Float32Array(data.numberOfFrames)
    data.copyTo(channel, { planeIndex, format: 'f32-planar' })
    return channel
  })
  const rate = data.sampleRate
  data.close()
  return [channels, rate]
}
