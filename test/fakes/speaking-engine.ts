/** An engine that hears the same lines whatever is said, all of them at the end. */
import type { Line } from '../../src/shared/transcript.ts'
import type { Engine } from '../../src/worker/serve.ts'

/** @param language of the model, as its description has it. */
export function speakingEngine(lines: readonly Line[], language = 'en'): Engine {
  return {
    info: { id: 'speaking', family: 'fake', language, maxSeconds: 20 },
    openStream: (from, events) => {
      let end = from
      return {
        get end() {
          return end
        },
        push(pcm) {
          end += pcm.length
          return Promise.resolve()
        },
        expectEnd: () => undefined,
        finish: () => {
          for (const line of lines) events.settled(end, line)
          return Promise.resolve()
        },
      }
    },
  }
}
