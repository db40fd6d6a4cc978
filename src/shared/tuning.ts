/**
 * Every duration and limit of Steno, unit in the name, reason beside it. Nothing else in src holds a number of
 * milliseconds. Tests and callers override single values by passing their own Tuning.
 */
export interface Tuning {
  /** From fork to `ready`; a 600 MB model on a slow disk needs most of it. */
  readonly startDeadlineMs: number
  /** A worker that owes an answer about audio is hung after this … */
  readonly answerFloorMs: number
  /** … or after this many times the length of the audio it may be decoding, whichever is longer. */
  readonly answerPerAudio: number
  /** How often an idle or busy worker is asked for a sign of life and its memory and CPU figures. */
  readonly heartbeatEveryMs: number
  /** An idle worker answers at once; native code blocks its thread only while audio is owed. */
  readonly heartbeatDeadlineMs: number
  /** A timer this late means that the machine slept or we were starved: the other side gets one more turn. */
  readonly lateTimerMs: number
  /** Waits before the first, second, … restart after a failure. */
  readonly restartAfterMs: readonly number[]
  /** Failures in a row, with no result in between, after which only the user starts the worker again. */
  readonly circuitOpensAt: number
  /** Generations one utterance may take down before it is set aside. */
  readonly utteranceMayKill: number
  /** Stop: the polite request … */
  readonly stopAskMs: number
  /** … and everything, kill and verification included. */
  readonly stopTotalMs: number
  /** A worker without work is ended after this; Infinity keeps it. */
  readonly idleUnloadMs: number
  /** Audio sent ahead of what the worker has acknowledged: enough to hide the pipe, little enough to resend. */
  readonly creditSeconds: number
  /** Largest piece of audio in one frame. */
  readonly frameSeconds: number
  /** `write` asks its caller to wait above this much audio not yet taken in; it never refuses. */
  readonly highWaterSeconds: number
  /** Above this resident size the worker is replaced between utterances; Infinity never. */
  readonly memoryLimitBytes: number
  /** Standard error kept to explain an exit. */
  readonly stderrKeptBytes: number
  /** How often the worker's own watching thread looks whether the parent is alive. */
  readonly parentWatchMs: number
  /** From the wish to quit to the exit, whatever hangs: the supervisor's four seconds and one to spare. */
  readonly quitMs: number
  /** From the request to the first sample: a Bluetooth headset that changes its profile takes seconds. */
  readonly captureStartMs: number
  /** From the release to the end of the sound that was under way. */
  readonly captureDrainMs: number
  /** From the text to its place on the clipboard. */
  readonly deliverMs: number
  /** A key that counts as held while nobody speaks for so long is stuck, or its release was lost. */
  readonly heldSilenceMs: number
  /** However short the silence that ends a dictation: before the first word people think. */
  readonly firstWordMs: number
  /** How often a visible window gets new figures of the processes. */
  readonly processesEveryMs: number
  /** How long the overlay shows that a text was copied, or that none came … */
  readonly overlayDoneMs: number
  /** … and why there is none, which takes longer to read. */
  readonly overlayFailedMs: number
  /** The page that owns the microphone is loaded anew after a crash, but not in a tight circle. */
  readonly pageReloadMs: number
  /** `list the processes`-style system helpers (ps, powershell) get this long. */
  readonly systemQueryMs: number
  /** Sound kept from before the key, for speech that runs ahead of it: reaction, driver, and a voice's soft run-up. */
  readonly preRollMs: number
  /** Sound that is still taken in after the release: what driver and audio thread hold, and a last consonant. */
  readonly captureTailMs: number
  /** The release waits no longer than this for that sound, should the device give none. */
  readonly captureTailGuardMs: number
  /** One microphone of the chain: a headset takes three seconds to change its profile, a hung driver for ever. */
  readonly microphoneOpenMs: number
  /** A microphone that opened and gave nothing for so long is none; over Bluetooth the sound comes seconds later. */
  readonly firstFrameMs: number
  /** An open microphone that gives no frame for so long has stopped; it gives 31 a second. */
  readonly captureStallMs: number
  /** After a microphone was pulled out: the system names its next choice. */
  readonly deviceSettleMs: number
  /** Exact zeros for so long are no pause (a gate in a headset opens sooner) but a mute. */
  readonly mutedAfterMs: number
  /** Speech begins when so much of it was heard: three frames, where a click gives one or two. */
  readonly voiceBeginsMs: number
  /** Speech ends after so much silence: longer than between two syllables, short since main adds the user's own. */
  readonly voiceEndsMs: number
  /** Sound that may wait for a voice detector that loads or lags; what is more is kept from it. */
  readonly voiceBacklogMs: number
  /** From fork to `ready` of the key hook: it loads one small library, on a machine that may be starting up. */
  readonly keyHookStartMs: number
  /** How often the key hook is asked for a sign of life: a frozen one means keys that nobody hears … */
  readonly keyHookPingEveryMs: number
  /** … and how long it has: it does nothing but wait, so only a starved machine keeps it from answering. */
  readonly keyHookPingDeadlineMs: number
  /** A press shorter than this is a tap; people tap in 60 to 200 ms and hold for words, not for syllables. */
  readonly tapMs: number
  /** Another key this soon after a talk key that is a modifier alone: a shortcut is being typed. */
  readonly takeBackMs: number
  /** Further downs of a key within this are its repeats: systems wait at most a second before the first. */
  readonly keyRepeatGapMs: number
  /** A held shortcut of the system is reported again and again: calls that follow within this are the same press. */
  readonly shortcutRepeatMs: number
  /** How often what the disk refused is offered to it again. */
  readonly saveRetryMs: number
  /** Sound of one dictation that waits in memory for the disk: 20 MB. More, and the dictation is ended. */
  readonly unsavedSecondsAtMost: number
  /** A recording is made smaller so long after its dictation: it may be undone, played or read again at once. */
  readonly compactAfterMs: number
  /** A download that gives nothing for so long has stalled: a slow line gives a little, and often. */
  readonly downloadStallMs: number
  /** Waits before a download is tried again, the first, second, … time in a row that nothing came. */
  readonly downloadRetryMs: readonly number[]
  /** A server that wants to be asked later than this is asked when the user wants. */
  readonly downloadWaitAtMostMs: number
  /** How often a window is told how far a download is. */
  readonly downloadShownEveryMs: number
}

export const TUNING: Tuning = {
  startDeadlineMs: 60_000,
  answerFloorMs: 10_000,
  answerPerAudio: 3,
  heartbeatEveryMs: 5_000,
  heartbeatDeadlineMs: 3_000,
  lateTimerMs: 1_000,
  restartAfterMs: [250, 1_000, 2_000],
  circuitOpensAt: 3,
  utteranceMayKill: 2,
  stopAskMs: 1_000,
  stopTotalMs: 4_000,
  idleUnloadMs: 300_000,
  creditSeconds: 8,
  frameSeconds: 1,
  highWaterSeconds: 16,
  memoryLimitBytes: Infinity,
  stderrKeptBytes: 4_096,
  parentWatchMs: 500,
  quitMs: 5_000,
  captureStartMs: 10_000,
  captureDrainMs: 3_000,
  deliverMs: 3_000,
  heldSilenceMs: 60_000,
  firstWordMs: 10_000,
  processesEveryMs: 2_000,
  overlayDoneMs: 1_600,
  overlayFailedMs: 6_000,
  pageReloadMs: 500,
  systemQueryMs: 2_000,
  preRollMs: 1_000,
  captureTailMs: 150,
  captureTailGuardMs: 500,
  microphoneOpenMs: 8_000,
  firstFrameMs: 5_000,
  captureStallMs: 2_000,
  deviceSettleMs: 400,
  mutedAfterMs: 3_000,
  voiceBeginsMs: 96,
  voiceEndsMs: 240,
  voiceBacklogMs: 3_000,
  keyHookStartMs: 30_000,
  saveRetryMs: 5_000,
  compactAfterMs: 30_000,
  unsavedSecondsAtMost: 600,
  keyHookPingEveryMs: 2_000,
  keyHookPingDeadlineMs: 2_000,
  tapMs: 350,
  takeBackMs: 1_000,
  keyRepeatGapMs: 1_500,
  shortcutRepeatMs: 750,
  downloadStallMs: 20_000,
  downloadRetryMs: [1_000, 3_000, 10_000, 30_000, 60_000],
  downloadWaitAtMostMs: 300_000,
  downloadShownEveryMs: 250,
}
