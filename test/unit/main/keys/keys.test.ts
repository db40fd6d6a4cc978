import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyIntents } from '../../../../src/main/keys/key-intents.ts'
import { Keys } from '../../../../src/main/keys/keys.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import type { KeysHealth } from '../../../../src/shared/keys.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/shared/settings.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock, settle } from '../../../fakes/fake-clock.ts'
import { FakeShortcuts } from '../../../fakes/fake-shortcuts.ts'
import { MemoryHooks } from '../../../fakes/memory-hook.ts'

let clock: FakeClock
let hooks: MemoryHooks
let shortcuts: FakeShortcuts
let keys: Keys
const asked: string[] = []
/** Main obeys at once, as the dictation does. */
let mainRefuses = false
/** Runs inside `start`. */
let inStart = (): void => undefined

const intents: KeyIntents = {
  start: (grip) => {
    asked.push(`start:${grip}`)
    inStart()
    keys.dictating(!mainRefuses)
  },
  stop: () => {
    asked.push('stop')
    keys.dictating(false)
  },
  latch: () => void asked.push('latch'),
  cancel: () => {
    asked.push('cancel')
    keys.dictating(false)
  },
  toggleOther: () => void asked.push('toggleOther'),
  takeBack: () => {
    asked.push('takeBack')
    keys.dictating(false)
  },
  undo: () => void asked.push('undo'),
  copyLast: () => void asked.push('copyLast'),
  retryLast: () => void asked.push('retryLast'),
  rawLast: () => void asked.push('rawLast'),
  tell: (level, text) => void asked.push(`${level}: ${text}`),
}

beforeEach(() => {
  clock = new FakeClock()
  hooks = new MemoryHooks()
  shortcuts = new FakeShortcuts()
  asked.length = 0
  mainRefuses = false
  inStart = () => undefined
  keys = new Keys({
    hook: hooks,
    shortcuts,
    platform: 'linux',
    clock,
    tuning: TUNING,
    log: () => undefined,
    intents,
  })
})

afterEach(async () => {
  await keys[Symbol.asyncDispose]()
  expect(hooks.alive).toEqual([])
  expect(shortcuts.registered).toEqual([])
})

async function apply(patch: Partial<Settings> = {}): Promise<void> {
  keys.apply({ ...DEFAULT_SETTINGS, ...patch })
  await settle()
}

const SHORTCUTS = ['Control+Alt+C', 'Control+Alt+R', 'Control+Alt+X', 'Control+Alt+Z', 'Control+Shift+Space']
const LOST = 'warning: It was not noticed when the talk key was let go: Steno goes on listening.'

describe('the talk key', () => {
  it('is held to talk', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(2_000)
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held', 'stop'])
  })

  it('is tapped to go on without it, and tapped to end', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(120)
    await hooks.release('ControlRight')
    await clock.advance(9_000)
    await hooks.press('ControlRight')
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held', 'latch', 'stop'])
  })

  it('with the latch key goes on hands-free', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(900)
    await hooks.press('Space')
    await hooks.release('Space', 'ControlRight')
    expect(asked).toEqual(['start:held', 'latch'])
  })

  it('that begins a shortcut leaves no trace', async () => {
    await apply()
    await hooks.press('ControlRight', 'KeyC')
    await hooks.release('KeyC', 'ControlRight')
    expect(asked).toEqual(['start:held', 'takeBack'])
  })

  it('of which the dictation ended by itself means nothing when it is let go', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(900)
    keys.dictating(false)
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held'])
  })

  it('is not stopped by main saying again what it said before', async () => {
    await apply()
    await hooks.press('ControlRight')
    keys.dictating(true)
    await clock.advance(900)
    await hooks.release('ControlRight')
    keys.dictating(false)
    expect(asked).toEqual(['start:held', 'stop'])
  })

  it('may begin while main still speaks of the dictation before', async () => {
    await apply()
    inStart = () => {
      keys.dictating(false)
    }
    await hooks.press('ControlRight')
    await clock.advance(900)
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held', 'stop'])
  })

  it('begins nothing when main throws, and works again afterwards', async () => {
    await apply()
    inStart = () => {
      throw new Error('closing')
    }
    await hooks.press('ControlRight')
    await hooks.release('ControlRight')
    inStart = () => undefined
    await hooks.press('ControlRight')
    await clock.advance(900)
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held', 'start:held', 'stop'])
  })

  it('works again after main refused', async () => {
    await apply({ talkMode: 'toggle' })
    mainRefuses = true
    await hooks.press('ControlRight')
    await hooks.release('ControlRight')
    mainRefuses = false
    await hooks.press('ControlRight')
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:latched', 'start:latched'])
  })

  it('that was not set starts nothing', async () => {
    await apply({ talkKey: null })
    await hooks.press('ControlRight')
    expect(asked).toEqual([])
  })
})

describe('a talk key that is let go unheard', () => {
  it.each<[string, () => Promise<void> | void]>([
    [
      'because the hook died',
      () => {
        hooks.latest.end({ code: 1, signal: null })
      },
    ],
    [
      'because the hook froze',
      async () => {
        hooks.latest.hung = true
        await clock.advance(TUNING.keyHookPingEveryMs + TUNING.keyHookPingDeadlineMs)
      },
    ],
    [
      'because the machine slept',
      () => {
        keys.lost('suspend')
      },
    ],
    [
      'as another key shows',
      async () => {
        hooks.releaseUnheard('ControlRight')
        await hooks.press('KeyA')
      },
    ],
    ['because it was changed', () => apply({ talkKey: ['F9'] })],
  ])('%s loses no word', async (_, happen) => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(900)
    await happen()
    await settle()
    expect(asked).toEqual(['start:held', 'latch', LOST])
    await clock.advance(5_000)
  })

  it('is none when other settings change', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(900)
    await apply({ talkKey: ['ControlRight'], sounds: false })
    await hooks.release('ControlRight')
    expect(asked).toEqual(['start:held', 'stop'])
  })
})

describe('shortcuts of the system', () => {
  it('do what they say', async () => {
    await apply()
    expect(shortcuts.registered).toEqual(SHORTCUTS)
    shortcuts.press('Control+Alt+Z')
    shortcuts.press('Control+Alt+C')
    shortcuts.press('Control+Alt+R')
    shortcuts.press('Control+Alt+X')
    shortcuts.press('Control+Shift+Space')
    await clock.advance(3_000)
    shortcuts.press('Control+Shift+Space')
    expect(asked).toEqual(['undo', 'copyLast', 'retryLast', 'rawLast', 'start:latched', 'stop'])
  })

  it('include the key of the other model, where there is one', async () => {
    await apply({ otherTalkKey: ['Control', 'Shift', 'KeyM'] })
    shortcuts.press('Control+Shift+M')
    expect(asked).toEqual(['toggleOther'])
  })

  it('include the cancel key only while something is dictated', async () => {
    await apply()
    shortcuts.press('Control+Shift+Space')
    expect(shortcuts.registered).toContain('Escape')
    shortcuts.press('Escape')
    expect(asked).toEqual(['start:latched', 'cancel'])
    expect(shortcuts.registered).toEqual(SHORTCUTS)
  })

  it('are not needed to cancel while the talk key makes another chord of it', async () => {
    await apply()
    await hooks.press('ControlRight')
    await clock.advance(900)
    await hooks.press('Escape')
    await hooks.release('Escape', 'ControlRight')
    expect(asked).toEqual(['start:held', 'cancel'])
  })

  it('stand in for the talk key where keys cannot be held', async () => {
    hooks.refusal = new StenoError('keys-unavailable', 'Not here.')
    await apply({ talkKey: ['F9'] })
    shortcuts.press('F9')
    await clock.advance(3_000)
    shortcuts.press('F9')
    expect(asked).toEqual(['start:latched', 'stop'])
    hooks.refusal = undefined
    keys.retry()
    await settle()
    expect(keys.health.state).toBe('working')
    expect(shortcuts.registered).toEqual(SHORTCUTS)
  })

  it('say what they cannot have', async () => {
    shortcuts.taken.add('Control+Alt+C')
    await apply()
    expect(asked).toEqual([
      expect.stringMatching(/^warning: Ctrl\+Alt\+C, the key to copy the last text, cannot/),
    ])
  })
})

describe('while keys are watched for the settings', () => {
  it('they are told of and start nothing', async () => {
    await apply()
    const heard: string[] = []
    using _listening = keys.onKeyEvent(({ kind, code }) => void heard.push(`${kind} ${code}`))
    await hooks.press('KeyB')
    keys.watch(true)
    await hooks.press('ControlRight')
    shortcuts.press('Control+Shift+Space')
    await hooks.release('ControlRight')
    keys.watch(false)
    await hooks.release('KeyB')
    expect(heard).toEqual(['down ControlRight', 'up ControlRight'])
    expect(asked).toEqual([])
  })

  it('a key that is still held afterwards means nothing', async () => {
    await apply()
    keys.watch(true)
    await hooks.press('ControlRight')
    keys.watch(false)
    await clock.advance(900)
    await hooks.release('ControlRight')
    expect(asked).toEqual([])
    await hooks.press('ControlRight')
    expect(asked).toEqual(['start:held'])
  })

  it('a chord chosen meanwhile is registered afterwards', async () => {
    await apply()
    keys.watch(true)
    await apply({ toggleKey: ['F8'] })
    keys.watch(false)
    expect(shortcuts.registered).toContain('F8')
    expect(shortcuts.registered).not.toContain('Control+Shift+Space')
  })
})

it('tells how the hook fares', async () => {
  const healths: KeysHealth[] = []
  using _listening = keys.onHealth((health) => void healths.push(health))
  await apply()
  hooks.latest.end({ code: 1, signal: null })
  await clock.advance(TUNING.restartAfterMs[0] ?? 0)
  expect(healths.map(({ state }) => state)).toEqual(['working', 'starting', 'working'])
})
