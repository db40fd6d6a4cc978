/** Why keys cannot be watched on a desktop, in the user's words, with what to do about it. */
import { StenoError, textOf } from '../shared/errors.ts'

/** What libuiohook links against on Linux; a desktop with X has them, a bare machine may not. */
const DEBIAN_PACKAGES = 'libx11-6 libxtst6 libxrandr2 libxt6'

const INSTEAD = 'Start and stop with the shortcut of the system, or bind “steno --toggle” to a key.'

type Environment = Readonly<Record<string, string | undefined>>

/** What can be known before the hook is tried. On Wayland it would start, and hear nothing but our own windows. */
export function refusalOfDesktop(platform: NodeJS.Platform, env: Environment): StenoError | undefined {
  if (platform !== 'linux') return undefined
  if ((env['WAYLAND_DISPLAY'] ?? '') !== '' || env['XDG_SESSION_TYPE'] === 'wayland') {
    return refused(
      'On Wayland no program is told which keys are held.',
      `${INSTEAD} Or log in to an X11 session.`,
    )
  }
  if ((env['DISPLAY'] ?? '') === '')
    return refused('There is no desktop here whose keys could be held.', INSTEAD)
  return undefined
}

/** A hook that could not be loaded or started. */
export function refusalOfHook(error: unknown): StenoError {
  const said = textOf(error)
  const library = /(\S+\.so[.\d]*): cannot open shared object file/.exec(said)?.[1]
  if (library !== undefined) {
    return refused(
      `The library ${library} is missing, without which keys cannot be held.`,
      `Install it (on Debian and Ubuntu: apt-get install ${DEBIAN_PACKAGES}), then try again.`,
      error,
    )
  }
  return refused(`Keys cannot be held: ${said}.`, INSTEAD, error)
}

function refused(message: string, hint: string, cause?: unknown): StenoError {
  return new StenoError('keys-unavailable', message, { hint, cause })
}
