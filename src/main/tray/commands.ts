/** What the menu of the tray asks for, done. */
import type { Dictations } from '../dictation/dictations.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import type { RemoteCommand } from '../system/command-line.ts'
import type { TrayCommand } from './menu.ts'

export interface TrayHands {
  readonly dictations: Dictations
  readonly settings: SettingsStore
  readonly run: (command: RemoteCommand) => void
  readonly quit: () => void
  /** Runs what may fail, and tells when it does. */
  readonly attempt: (work: Promise<void>) => void
}

export function runTrayCommand(command: TrayCommand, hands: TrayHands): void {
  const { dictations, settings, run, quit, attempt } = hands
  switch (command.kind) {
    case 'copyLast':
      attempt(dictations.copyLast())
      break
    case 'retryLast':
      attempt(dictations.retryLast())
      break
    case 'toggleHandsFree':
      settings.change({ handsFree: !settings.settings.handsFree })
      break
    case 'chooseMicrophone': {
      const { device } = command
      const others = settings.settings.microphones.filter(({ id }) => id !== device?.id)
      settings.change({ microphones: device === undefined ? [] : [device, ...others] })
      break
    }
    case 'quit':
      quit()
      break
    case 'show':
    case 'start':
    case 'stop':
    case 'cancel':
      run(command.kind)
      break
  }
}
