/** The page that owns the microphone: puts its parts together and does what main says. */
import { TUNING } from '../../../shared/tuning.ts'
import { browserClock } from './browser-clock.ts'
import { Capture } from './capture.ts'
import { Cues } from './cues.ts'
import { browserMicrophones } from './microphone.ts'
import { startVoiceThread } from './voice/browser-thread.ts'
import { Voice } from './voice/voice.ts'

const stack = new AsyncDisposableStack()
const main = window.stenoCapture
const cues = stack.use(new Cues(browserClock))
const voice = stack.use(
  new Voice(startVoiceThread, TUNING, (event) => {
    main.tell(event).catch(() => undefined)
  }),
)
const capture = stack.use(
  new Capture({
    main,
    microphones: browserMicrophones,
    voice,
    play: cues.play,
    clock: browserClock,
    tuning: TUNING,
  }),
)
stack.defer(
  main.onCommand((command) => {
    capture.handle(command)
  }),
)
// Tracks stop and dictations end before the page is gone.
window.addEventListener('pagehide', () => void stack.disposeAsync())
main.tell({ kind: 'hello' }).catch(() => undefined)
