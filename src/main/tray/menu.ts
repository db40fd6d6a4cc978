/** What the tray shows and offers, as a function of the snapshot. Pure: commands are words, the tray carries them out. */
import type { AppSnapshot } from '../../shared/dictation.ts'
import type { DeviceChoice } from '../../shared/settings.ts'

export type TrayIcon = 'idle' | 'listening' | 'decoding' | 'failed'

export type TrayCommand =
  | {
      readonly kind:
        'start' | 'stop' | 'cancel' | 'copyLast' | 'retryLast' | 'toggleHandsFree' | 'show' | 'quit'
    }
  | { readonly kind: 'chooseMicrophone'; readonly device: DeviceChoice | undefined }

export type TrayItem =
  | { readonly kind: 'line' }
  | {
      readonly kind: 'item'
      readonly label: string
      readonly command: TrayCommand
      readonly enabled?: boolean
      readonly checked?: boolean
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] }

/** The slices that decide about the tray. */
export const TRAY_SLICES = ['dictation', 'outcome', 'model', 'settings', 'today', 'devices'] as const
export type TraySnapshot = Pick<AppSnapshot, (typeof TRAY_SLICES)[number]>

export function trayIcon({ dictation, outcome, model }: TraySnapshot): TrayIcon {
  switch (dictation.kind) {
    case 'starting':
    case 'listening':
      return 'listening'
    case 'finishing':
    case 'delivering':
      return 'decoding'
    case 'idle':
      return outcome?.kind === 'failed' || model.state === 'failed' ? 'failed' : 'idle'
  }
}

export function trayTip({ dictation, outcome, model, settings }: TraySnapshot): string {
  switch (dictation.kind) {
    case 'starting':
      return 'Steno: opening the microphone'
    case 'listening':
      return 'Steno: listening'
    case 'finishing':
    case 'delivering':
      return 'Steno: transcribing'
    case 'idle':
      if (model.state === 'failed') return `Steno: ${model.error.message}`
      if (outcome?.kind === 'failed') return `Steno: ${outcome.error.message}`
      return settings.handsFree ? 'Steno: waiting for your voice' : 'Steno: ready'
  }
}

export function trayItems(snapshot: TraySnapshot): TrayItem[] {
  const { dictation, settings, today } = snapshot
  const recording = dictation.kind === 'starting' || dictation.kind === 'listening'
  const hasText = today.some(({ text }) => text !== '')
  const hasSound = today.some(({ hasSound: sound, outcome }) => sound && outcome !== undefined)
  return [
    recording ? item('Stop dictation', { kind: 'stop' }) : item('Start dictation', { kind: 'start' }),
    { ...item('Cancel dictation', { kind: 'cancel' }), enabled: dictation.kind !== 'idle' },
    { kind: 'line' },
    { ...item('Hands-free', { kind: 'toggleHandsFree' }), checked: settings.handsFree },
    { kind: 'submenu', label: 'Microphone', items: microphones(snapshot) },
    { kind: 'line' },
    { ...item('Copy last text', { kind: 'copyLast' }), enabled: hasText },
    { ...item('Transcribe last again', { kind: 'retryLast' }), enabled: hasSound },
    { kind: 'line' },
    item('Open Steno', { kind: 'show' }),
    item('Quit Steno', { kind: 'quit' }),
  ]
}

function microphones({ devices, settings }: TraySnapshot): TrayItem[] {
  const first = settings.microphones[0]
  return [
    {
      ...item('System default', { kind: 'chooseMicrophone', device: undefined }),
      checked: first === undefined,
    },
    ...devices.map((device): TrayItem => ({
      ...item(device.label, { kind: 'chooseMicrophone', device }),
      checked: first?.id === device.id,
    })),
  ]
}

function item(label: string, command: TrayCommand): Extract<TrayItem, { kind: 'item' }> {
  return { kind: 'item', label, command }
}
