/** The single-instance lock: who gets it, what the holder learns of the others, and how it becomes free. */
import { realpathSync } from 'node:fs'
import { exitOf } from '../engine.ts'
import { APP, expect, ready, test } from './fixture.ts'

/** Exit codes of an instance that only asks for the lock (main.cjs). */
const GOT_IT = 10
const TOO_LATE = 11

const first = { CONFORMANCE_LOCK: '{"from":"first"}' }
const second = { CONFORMANCE_LOCK: '{"from":"second","words":["a",2,null]}', CONFORMANCE_ONLY_LOCK: '' }

test.describe('single instance', () => {
  // Source: electron.d.ts App.requestSingleInstanceLock, App.hasSingleInstanceLock
  test('the first instance gets the lock, the second is told no', async ({ launch, startBare }) => {
    const { app } = await launch(APP, [], first)
    await ready(app)
    const lock = await app.evaluate(({ app }) => [conformance.hasLock, app.hasSingleInstanceLock()])
    expect(lock).toEqual([true, true])
    expect(await exitOf(startBare(APP, [], second))).toBe(TOO_LATE)
  })

  // Source: electron.d.ts App 'second-instance' (argv, workingDirectory, additionalData), spec/api-app.spec.ts
  test("the holder gets the second instance's arguments, folder and additional data", async ({
    launch,
    startBare,
    folder,
  }) => {
    const { app } = await launch(APP, [], first)
    await ready(app)
    const heard = await app.evaluateHandle(({ app }) => ({
      of: new Promise<{ argv: string[]; cwd: string; data: unknown }>((resolve) => {
        app.once('second-instance', (_event, argv, cwd, data) => {
          resolve({ argv, cwd, data })
        })
      }),
    }))
    startBare(APP, ['--colour=green', 'a word'], second)
    const { argv, cwd, data } = await heard.evaluate(({ of }) => of)
    expect(argv).toEqual(expect.arrayContaining(['--colour=green', 'a word']))
    expect(realpathSync(cwd)).toBe(realpathSync(folder))
    expect(data).toEqual({ from: 'second', words: ['a', 2, null] })
  })

  // Source: electron.d.ts App.releaseSingleInstanceLock ("allow multiple instances … to once again run side by side")
  test('after releaseSingleInstanceLock another instance gets the lock', async ({ launch, startBare }) => {
    const { app } = await launch(APP, [], first)
    await ready(app)
    const has = await app.evaluate(({ app }) => {
      app.releaseSingleInstanceLock()
      return app.hasSingleInstanceLock()
    })
    expect(has).toBe(false)
    expect(await exitOf(startBare(APP, [], second))).toBe(GOT_IT)
  })

  // Source: electron.d.ts App.requestSingleInstanceLock (the lock belongs to a process; it ends with it)
  test('the lock of an instance that was killed does not stay behind', async ({ launch, startBare }) => {
    const { app, ended } = await launch(APP, [], first)
    await ready(app)
    process.kill(await app.evaluate(() => process.pid), 'SIGKILL')
    await ended
    expect(await exitOf(startBare(APP, [], second))).toBe(GOT_IT)
  })
})
