import type { Grip, Notice } from '../../shared/dictation.ts'

/** What the keys ask for. Each is asked at times for nothing (stop when nothing runs): that is no fault. */
export interface KeyIntents {
  /** Main answers with `dictating`; when its last word inside this call is `false`, or it throws, none begins. */
  start(grip: Grip): void
  stop(): void
  /** What is held goes on without the key. */
  latch(): void
  /** Starts and stops, with the model of the other talk key. */
  toggleOther(): void
  cancel(): void
  /** It was no gesture after all: what it began leaves no trace. */
  takeBack(): void
  undo(): void
  copyLast(): void
  retryLast(): void
  /** The last text as it was heard, or back. */
  rawLast(): void
  tell(level: Notice['level'], text: string, hint: string | undefined): void
}
