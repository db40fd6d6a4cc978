/** One dictation from button to button: asks main for it, feeds it from the microphone, ends it. */
import type { StenoApi } from '../../../shared/app-ipc.ts'
import type { DictationId } from '../../../shared/dictation.ts'
import { notify } from '../state/app-store.ts'
import { openMicrophone, type Microphone } from './microphone.ts'
import { captureFault } from './faults.ts'

interface Recording {
  readonly id: DictationId
  readonly microphone: Promise<Microphone>
  sent: number
}

export class Dictaphone {
  readonly #steno: StenoApi
  #recording: Recording | undefined

  constructor(steno: StenoApi) {
    this.#steno = steno
    steno.onRefused((message) => {
      notify(message)
    })
  }

  async toggle(): Promise<void> {
    if (this.#recording === undefined) await this.start()
    else await this.stop()
  }

  async start(): Promise<void> {
    notify(undefined)
    const begun = await this.#steno.begin()
    if (!begun.ok) {
      notify(`${begun.error.message} ${begun.error.hint ?? ''}`)
      return
    }
    const id = begun.value
    const recording: Recording = {
      id,
      sent: 0,
      microphone: openMicrophone({
        frame: (pcm) => {
          this.#steno.sendSound(id, recording.sent, pcm)
          recording.sent += pcm.length
        },
        lost: () => {
          notify('The microphone was unplugged. What was heard until then is transcribed.')
          void this.stop()
        },
      }),
    }
    this.#recording = recording
    try {
      await recording.microphone
    } catch (error) {
      if (this.#recording === recording) this.#recording = undefined
      await this.#steno.captureFailed(id, captureFault(error))
    }
  }

  async stop(): Promise<void> {
    const recording = this.#recording
    this.#recording = undefined
    if (recording === undefined) return
    try {
      const microphone = await recording.microphone
      await microphone.stop()
    } catch {
      // start() has reported it.
      return
    }
    this.#steno.endSound(recording.id, recording.sent)
  }
}
