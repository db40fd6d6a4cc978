/** The key hook's real process against a real X server: what the library does, and what becomes of its crashes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureVirtualDisplay } from '../../scripts/engines.ts'
import { childProcessAdapter } from '../../src/cli/child-process-adapter.ts'
import type { KeyHookAdapter } from '../../src/main/keys/hook-process.ts'
import type { KeyIntents } from '../../src/main/keys/key-intents.ts'
import { Keys } from '../../src/main/keys/keys.ts'
import type { FromKeyHook, ToKeyHook } from '../../src/shared/keys.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts'
import { TUNING, type Tuning } from '../../src/shared/tuning.ts'
import { systemClock } from '../../src/process/system-clock.ts'
import { FakeShortcuts } from '../fakes/fake-shortcuts.ts'
import { childPids, gone } from '../fakes/proc.ts'
import { until } from '../fakes/until.ts'
import { VirtualDisplay } from '../fakes/virtual-display.ts'

const ENTRY = join(import.meta.dirname, '../../src/keys/entry.ts')
const LOST = 'It was not noticed when the talk key was let go: Steno goes on listening.'

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

const possible = ensureVirtualDisplay(say)
if (!possible) say('The key hook is not tested: Xvfb and xdotool are missing (apt-get install xvfb xdotool).')

interface Special {
  readonly execArgv?: readonly string[]
  readonly tuning?: Partial<Tuning>
}

/** Keys over real processes, with main that obeys at once. */
class Desk {
  readonly asked: string[] = []
  /** What reached this process, in order. */
  readonly heard: string[] = []
  readonly keys: Keys

  constructor(env: NodeJS.ProcessEnv, { execArgv = [], tuning = {} }: Special = {}) {
    this.keys = new Keys({
      hook: this.#listeningIn(childProcessAdapter<ToKeyHook, FromKeyHook>(ENTRY, { env, execArgv })),
      shortcuts: new FakeShortcuts(),
      platform: 'linux',
      clock: systemClock,
      tuning: { ...TUNING, restartAfterMs: [0], ...tuning },
      log: () => undefined,
      intents: this.#intents(),
    })
  }

  async start(patch: Partial<Settings>, state: 'working' | 'unavailable' = 'working'): Promise<void> {
    this.keys.apply({ ...DEFAULT_SETTINGS, ...patch })
    await until(() => this.keys.health.state === state, `key hook that is ${state}`)
  }

  /** Waits until this was asked for, all in all. */
  async askedFor(...expected: string[]): Promise<void> {
    await until(() => this.asked.length >= expected.length, expected.join(', '))
    expect(this.asked).toEqual(expected)
  }

  #listeningIn(adapter: KeyHookAdapter): KeyHookAdapter {
    return {
      fork: (events) =>
        adapter.fork({
          ...events,
          frame: (frame) => {
            if (frame.kind === 'key') this.heard.push(`${frame.event.kind} ${frame.event.code}`)
            events.frame(frame)
          },
        }),
    }
  }

  #intents(): KeyIntents {
    const ask = (what: string) => (): void => void this.asked.push(what)
    const end = (what: string) => (): void => {
      this.asked.push(what)
      this.keys.dictating(false)
    }
    return {
      start: (grip) => {
        this.asked.push(`start:${grip}`)
        this.keys.dictating(true)
      },
      stop: end('stop'),
      cancel: end('cancel'),
      toggleOther: () => undefined,
      takeBack: end('takeBack'),
      latch: ask('latch'),
      undo: ask('undo'),
      copyLast: ask('copyLast'),
      retryLast: ask('retryLast'),
      rawLast: ask('rawLast'),
      tell: (_level, text) => void this.asked.push(text),
    }
  }
}

const HOLD: Partial<Settings> = { talkMode: 'hold', talkKey: ['F9'] }

describe.runIf(possible)('the key hook', () => {
  let display: VirtualDisplay
  let desk: Desk

  beforeAll(async () => {
    display = await VirtualDisplay.start()
  })

  afterAll(async () => {
    await display[Symbol.asyncDispose]()
  })

  beforeEach(() => {
    desk = new Desk(display.env)
  })

  afterEach(async () => {
    await display.release('F9', 'ControlRight', 'ControlLeft', 'Space', 'KeyC', 'Escape')
    await desk.keys[Symbol.asyncDispose]()
  })

  it('hears a key that is held and let go', async () => {
    await desk.start(HOLD)
    await display.press('F9')
    await desk.askedFor('start:held')
    await display.release('F9')
    await desk.askedFor('start:held', 'stop')
    // Repeats may have come in between.
    expect([...new Set(desk.heard)]).toEqual(['down F9', 'up F9'])
  })

  it('knows right from left', async () => {
    await desk.start({ ...HOLD, talkKey: ['ControlRight'] })
    await display.press('ControlLeft')
    await display.release('ControlLeft')
    await display.press('ControlRight')
    await display.release('ControlRight')
    await desk.askedFor('start:held', 'stop')
    expect(desk.heard).toEqual(['down ControlLeft', 'up ControlLeft', 'down ControlRight', 'up ControlRight'])
  })

  it('hears chords, and the latch key beside them', async () => {
    await desk.start({ ...HOLD, talkKey: ['Control', 'F9'] })
    await display.press('F9')
    await display.release('F9')
    await display.press('ControlLeft', 'F9', 'Space')
    await display.release('Space', 'F9', 'ControlLeft')
    await until(() => desk.heard.includes('up ControlLeft'), 'release')
    expect(desk.asked).toEqual(['start:held', 'latch'])
  })

  it('takes back what was a shortcut', async () => {
    await desk.start({ ...HOLD, talkKey: ['ControlRight'] })
    await display.press('ControlRight', 'KeyC')
    await display.release('KeyC', 'ControlRight')
    await until(() => desk.heard.includes('up ControlRight'), 'release')
    expect(desk.asked).toEqual(['start:held', 'takeBack'])
  })

  it('takes the repeats of a held key for one press', async () => {
    await desk.start(HOLD)
    await display.press('F9')
    const repeats = (): number => desk.heard.filter((key) => key === 'down F9').length
    while (repeats() < 4) await display.nudge()
    await display.release('F9')
    await until(() => desk.heard.includes('up F9'), 'release')
    expect(desk.asked).toEqual(['start:held', 'stop'])
  })

  it('that is killed while a key is held costs no word, and its successor hears the next press', async () => {
    await desk.start({ ...HOLD, talkKey: ['ControlRight'] })
    await display.press('ControlRight')
    await desk.askedFor('start:held')
    process.kill(desk.keys.pid ?? 0, 'SIGKILL')
    await desk.askedFor('start:held', 'latch', LOST)
    await display.release('ControlRight')
    await until(() => desk.keys.health.state === 'working', 'new key hook')
    await display.press('ControlRight')
    await display.release('ControlRight')
    await desk.askedFor('start:held', 'latch', LOST, 'stop')
  })

  it('that freezes while a key is held is replaced, and nothing of it stays', async () => {
    const tuning = { keyHookPingEveryMs: 100, keyHookPingDeadlineMs: 1_000 }
    desk = new Desk(display.env, { tuning })
    await desk.start(HOLD)
    const frozen = desk.keys.pid ?? 0
    await display.press('F9')
    await desk.askedFor('start:held')
    process.kill(frozen, 'SIGSTOP')
    await until(() => desk.asked.includes(LOST), 'notice')
    await until(() => desk.keys.health.state === 'working', 'new key hook')
    await expect(gone(frozen, 2_000)).resolves.toBe(true)
    expect(desk.keys.pid).not.toBe(frozen)
  })

  it('leaves no process behind', async () => {
    await desk.start(HOLD)
    const pid = desk.keys.pid ?? 0
    await desk.keys[Symbol.asyncDispose]()
    await expect(gone(pid, 0)).resolves.toBe(true)
    expect(childPids(process.pid)).not.toContain(pid)
  })

  it('does not outlive a parent that is killed', async () => {
    const parent = spawn(
      process.execPath,
      [join(import.meta.dirname, '../fakes/doomed-hook-parent.ts'), ENTRY],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: display.env,
      },
    )
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer]
    parent.kill('SIGKILL')
    await expect(gone(Number(pid), 3_000)).resolves.toBe(true)
  })

  it('says so when the X server goes away', async () => {
    await using brief = await VirtualDisplay.start()
    await using orphan = new Desk(brief.env).keys
    orphan.apply({ ...DEFAULT_SETTINGS, ...HOLD })
    await until(() => orphan.health.state === 'working', 'key hook')
    await brief[Symbol.asyncDispose]()
    await until(() => orphan.health.state === 'unavailable', 'word about the X server')
    expect(orphan.health).toMatchObject({
      reason: expect.stringContaining('The X server could not be reached') as string,
    })
  })
})

describe.runIf(process.platform === 'linux')('a machine without', () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['a display', { DISPLAY: '', WAYLAND_DISPLAY: '' }, 'There is no desktop here'],
    ['X11', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, 'On Wayland no program is told'],
  ])('%s says that keys cannot be held', async (_, env, words) => {
    const desk = new Desk({ ...process.env, XDG_SESSION_TYPE: '', ...env })
    await using _keys = desk.keys
    await desk.start(HOLD, 'unavailable')
    expect(desk.keys.health).toMatchObject({ reason: expect.stringContaining(words) as string })
  })

  it('the libraries of X names them', async () => {
    const hook = `import { registerHooks } from 'node:module'
      registerHooks({ resolve(name, context, next) {
        if (name === 'uiohook-napi') throw new Error('libXtst.so.6: cannot open shared object file: No such file or directory')
        return next(name, context)
      } })`
    const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]
    const env = { ...process.env, DISPLAY: ':0', WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: '' }
    const desk = new Desk(env, { execArgv })
    await using _keys = desk.keys
    await desk.start(HOLD, 'unavailable')
    expect(desk.keys.health).toMatchObject({
      reason: expect.stringMatching(/libXtst\.so\.6 is missing.*libxtst6/) as string,
    })
  })
})
