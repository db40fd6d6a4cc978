/** What became of a key hook, in the user's words. */
import { StenoError } from '../../shared/errors.ts'

/**
 * Where libuiohook cannot start it does not report that: by the luck of two threads it aborts the process, or waits for
 * ever for a signal that was given before. What it writes to standard error has to tell.
 */
const SAID_WHEN_IT_CANNOT: readonly (readonly [said: RegExp, message: string, hint: string])[] = [
  [
    /XOpenDisplay failure/,
    'The X server could not be reached, so keys cannot be held.',
    'Check DISPLAY and the X authority file of this session, then try again.',
  ],
  [
    /XRecord/,
    'This X server does not let keys be watched: its RECORD extension is missing.',
    'Start and stop with the shortcut of the system.',
  ],
  [
    /Accessibility API is disabled/,
    'macOS does not let Steno watch keys.',
    'Allow Steno under System Settings → Privacy & Security → Accessibility, then try again.',
  ],
]

/** @param said what a hook that is starting wrote to standard error. */
export function cannotStart(said: string): StenoError | undefined {
  const known = SAID_WHEN_IT_CANNOT.find(([words]) => words.test(said))
  if (known === undefined) return undefined
  const [, message, hint] = known
  return new StenoError('keys-unavailable', message, { hint, cause: said.trim() })
}

/** @param how from `describeExit`. @param said what it last wrote to standard error. */
export function hookDied(how: string, said: string): StenoError {
  const facts = said === '' ? {} : { cause: `its last words: ${said}` }
  return new StenoError('key-hook-failed', `The key hook ended unexpectedly (${how}).`, facts)
}

/** Failures that another try would only repeat. */
export function isHopeless(reason: StenoError): boolean {
  return reason.code === 'keys-unavailable'
}

export function gaveUp(failures: number, last: StenoError): StenoError {
  return new StenoError('keys-unavailable', `The key hook failed ${failures} times in a row.`, {
    hint: 'Start and stop with the shortcut of the system; restart Steno to try again.',
    cause: last,
  })
}

/** For the screen: what happened and what to do. */
export function inWords({ message, hint }: StenoError): string {
  return hint === undefined ? message : `${message} ${hint}`
}
