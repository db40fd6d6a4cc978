import { describe, expect, it } from 'vitest'
import {
  trayIcon,
  trayItems,
  trayTip,
  type TrayItem,
  type TraySnapshot,
} from '../../../../src/main/tray/menu.ts'
import { unedited } from '../../../../src/shared/edits.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

const IDLE: TraySnapshot = {
  dictation: { kind: 'idle' },
  outcome: undefined,
  model: { state: 'ready', name: 'Basic English' },
  settings: DEFAULT_SETTINGS,
  today: [],
  devices: [
    { id: 'a', label: 'Desk' },
    { id: 'b', label: 'Headset' },
  ],
}
const LISTENING: TraySnapshot = {
  ...IDLE,
  dictation: { kind: 'listening', id: 1, grip: 'held', readyMs: 1 },
}

function labels(items: readonly TrayItem[]): string[] {
  return items.flatMap((item) => (item.kind === 'line' ? [] : [item.label]))
}

function find(snapshot: TraySnapshot, label: string): TrayItem | undefined {
  return trayItems(snapshot).find((item) => item.kind !== 'line' && item.label === label)
}

describe('the tray', () => {
  it('starts or stops, as fits', () => {
    expect(labels(trayItems(IDLE))[0]).toBe('Start dictation')
    expect(labels(trayItems(LISTENING))[0]).toBe('Stop dictation')
    expect(find(IDLE, 'Cancel dictation')).toMatchObject({ enabled: false })
    expect(find(LISTENING, 'Cancel dictation')).toMatchObject({ enabled: true })
  })

  it('offers the last text only when there is one', () => {
    expect(find(IDLE, 'Copy last text')).toMatchObject({ enabled: false })
    const row = {
      id: 1,
      startedAt: 0,
      seconds: 1,
      ...unedited('hi'),
      outcome: { kind: 'copied' },
      hasSound: true,
    } as const
    const spoken = { ...IDLE, today: [row] }
    expect(find(spoken, 'Copy last text')).toMatchObject({ enabled: true })
    expect(find(spoken, 'Transcribe last again')).toMatchObject({ enabled: true })
  })

  it('ticks the microphone that comes first', () => {
    const chosen = {
      ...IDLE,
      settings: { ...DEFAULT_SETTINGS, microphones: [{ id: 'b', label: 'Headset' }] },
    }
    expect(find(chosen, 'Microphone')).toMatchObject({
      items: [
        { label: 'System default', checked: false },
        { label: 'Desk', checked: false },
        { label: 'Headset', checked: true },
      ],
    })
  })

  it('shows by its icon and its words what goes on', () => {
    const error = { code: 'worker-hung', message: 'It hung.' } as const
    const states: TraySnapshot[] = [
      IDLE,
      { ...IDLE, settings: { ...DEFAULT_SETTINGS, handsFree: true } },
      LISTENING,
      { ...IDLE, dictation: { kind: 'finishing', id: 1 } },
      { ...IDLE, outcome: { kind: 'failed', error } },
      { ...IDLE, model: { state: 'failed', error } },
    ]
    expect(states.map((state) => [trayIcon(state), trayTip(state)])).toEqual([
      ['idle', 'Steno: ready'],
      ['idle', 'Steno: waiting for your voice'],
      ['listening', 'Steno: listening'],
      ['decoding', 'Steno: transcribing'],
      ['failed', 'Steno: It hung.'],
      ['failed', 'Steno: It hung.'],
    ])
  })
})
