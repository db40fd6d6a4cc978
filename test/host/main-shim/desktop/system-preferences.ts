/** `electron.systemPreferences`: what other systems have is undefined, so that an app which forgets to ask fails here. */
import { EventEmitter } from 'node:events'
import process from 'node:process'
import type Electron from 'electron'

type MediaAccess = ReturnType<Electron.SystemPreferences['getMediaAccessStatus']>
type Members = Pick<Electron.SystemPreferences, 'getMediaAccessStatus' | 'askForMediaAccess'>

let microphone: MediaAccess = 'granted'

/** macOS and Windows only. */
function getMediaAccessStatus(): MediaAccess {
  return microphone
}

/** macOS only: asks the person once, and never again. */
function askForMediaAccess(): Promise<boolean> {
  if (microphone === 'not-determined') microphone = 'granted'
  return Promise.resolve(microphone === 'granted')
}

export const systemPreferences = Object.assign(new EventEmitter(), {
  getMediaAccessStatus: process.platform === 'linux' ? undefined : getMediaAccessStatus,
  askForMediaAccess: process.platform === 'darwin' ? askForMediaAccess : undefined,
  getAnimationSettings: (): Electron.AnimationSettings => ({
    shouldRenderRichAnimation: true,
    scrollAnimationsEnabledBySystem: true,
    prefersReducedMotion: false,
  }),
}) satisfies { [Name in keyof Members]: Members[Name] | undefined } & Pick<
  Electron.SystemPreferences,
  'getAnimationSettings'
>

export function setMicrophoneAccess(access: MediaAccess): void {
  microphone = access
}
