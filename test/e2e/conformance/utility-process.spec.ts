/** Utility processes: birth, talk, death, and what main learns of each. */
import { realpathSync } from 'node:fs'
import { gone } from '../../fakes/proc.ts'
import { APP, ask, exitAfter, expect, fork, ready, test } from './fixture.ts'

const WORKER = `${APP}/worker.cjs`

test.describe('utility process', () => {
  // Source: electron.d.ts utilityProcess.fork ("can only be called after the ready event has been emitted on App")
  test('fork before ready throws', async ({ app }) => {
    expect(await app.evaluate(() => typeof conformance.forkBeforeReady)).toBe('string')
  })

  // Source: spec/api-utility-process.spec.ts "pid property"
  test('pid is undefined before spawn, a number after it, and undefined again after exit', async ({
    app,
  }) => {
    const pids = await app.evaluate(async ({ utilityProcess }, worker) => {
      const events = process.getBuiltinModule('node:events')
      const child = utilityProcess.fork(worker)
      const pids = [typeof child.pid]
      await events.once(child, 'spawn')
      pids.push(typeof child.pid)
      const exited = events.once(child, 'exit')
      child.kill()
      await exited
      return [...pids, typeof child.pid]
    }, WORKER)
    expect(pids).toEqual(['undefined', 'number', 'undefined'])
  })

  // Source: electron/electron#44009 (kill before spawn returns false and does nothing); electron.d.ts UtilityProcess.kill
  test('kill returns false before spawn and true after it', async ({ app }) => {
    const killed = await app.evaluate(async ({ utilityProcess }, worker) => {
      const events = process.getBuiltinModule('node:events')
      const child = utilityProcess.fork(worker)
      const killed = [child.kill()]
      await events.once(child, 'spawn')
      const exited = events.once(child, 'exit')
      killed.push(child.kill())
      await exited
      return [...killed, child.kill()]
    }, WORKER)
    expect(killed).toEqual([false, true, false])
  })

  // Source: spec/api-utility-process.spec.ts "terminates the child process gracefully"
  test('after our own kill the exit code is 0', async ({ app }) => {
    const child = await fork(app)
    const code = await child.evaluate(
      (child) =>
        new Promise<number>((resolve) => {
          child.once('exit', resolve)
          child.kill()
        }),
    )
    expect(code).toBe(0)
  })

  // Source: spec/api-utility-process.spec.ts "lets a child that handles SIGTERM decide its own exit"
  test('a child that handles SIGTERM chooses its own exit code after kill', async ({ app }) => {
    test.skip(process.platform === 'win32', 'there are no signals on Windows')
    const child = await fork(app)
    await ask(child, { do: 'handleSigterm', code: 42 })
    const code = await child.evaluate(
      (child) =>
        new Promise<number>((resolve) => {
          child.once('exit', resolve)
          child.kill()
        }),
    )
    expect(code).toBe(42)
  })

  // Source: spec/api-utility-process.spec.ts "emits 'exit' when process.exit is called"
  test('the code of process.exit is the exit code', async ({ app }) => {
    expect(await exitAfter(await fork(app), { do: 'exit', code: 7 })).toBe(7)
  })

  // Source: spec/api-utility-process.spec.ts "emits 'exit' when there is uncaught exception"
  test('an uncaught exception ends the process with code 1', async ({ app }) => {
    expect(await exitAfter(await fork(app, [], { stdio: 'ignore' }), { do: 'fail' })).toBe(1)
  })

  // Source: spec/api-utility-process.spec.ts "emits 'exit' when the child process file does not exist"
  test('a script that does not exist ends with code 1', async ({ app }) => {
    const code = await app.evaluate(
      ({ utilityProcess }) =>
        new Promise<number>((resolve) => {
          utilityProcess.fork('/nowhere/at-all.cjs', [], { stdio: 'ignore' }).once('exit', resolve)
        }),
    )
    expect(code).toBe(1)
  })

  // Source: electron.d.ts UtilityProcess 'message', UtilityProcess.postMessage; docs/api/parent-port.md
  test('messages go both ways as structured clones, Float32Array included', async ({ app }) => {
    const child = await fork(app)
    const answer = await child.evaluate(
      (child) =>
        new Promise<unknown[]>((resolve) => {
          child.once('message', ({ kind, value }: { kind: string; value: Float32Array }) => {
            resolve([kind, value.constructor.name, ...value])
          })
          child.postMessage({ do: 'echo', value: Float32Array.of(0.5, -1) })
        }),
    )
    expect(answer).toEqual(['Float32Array', 'Float32Array', 0.5, -1])
  })

  // Source: spec/api-utility-process.spec.ts "supports queuing messages on the receiving end"
  test('messages posted before spawn wait for the child and keep their order', async ({ app }) => {
    const answers = await app.evaluate(
      ({ utilityProcess }, worker) =>
        new Promise<unknown[]>((resolve) => {
          const child = utilityProcess.fork(worker)
          const answers: unknown[] = []
          child.on('message', ({ value }: { value: number }) => {
            answers.push(value)
            if (answers.length === 3) resolve(answers)
          })
          for (const value of [1, 2, 3]) child.postMessage({ do: 'echo', value })
        }),
      WORKER,
    )
    expect(answers).toEqual([1, 2, 3])
  })

  // Source: spec/api-utility-process.spec.ts "handles the parent port trying to send an non-clonable object"
  test('a function is refused with the clone error, in main and in the child', async ({ app }) => {
    const child = await fork(app)
    const inMain = await child.evaluate((child) => {
      try {
        child.postMessage(() => 1)
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    const inChild = await ask(child, { do: 'postFunction' })
    expect([inMain, inChild]).toEqual([
      expect.stringContaining('An object could not be cloned.'),
      expect.stringContaining('An object could not be cloned.'),
    ])
  })

  // Source: electron/electron#53923 (crashed 44.0), fixed by #53293
  test('posting to a child that has exited does nothing', async ({ app }) => {
    const child = await fork(app)
    await exitAfter(child, { do: 'exit', code: 0 })
    await child.evaluate((child) => {
      child.postMessage('too late')
    })
    expect(await app.evaluate(({ app }) => app.isReady())).toBe(true)
  })

  // Source: spec/api-utility-process.spec.ts "stdout property", "stderr property"
  test('with stdio: pipe main reads what the child prints; by default there are no streams', async ({
    app,
  }) => {
    const piped = await fork(app, [], { stdio: 'pipe' })
    const printed = await piped.evaluate(
      (child) =>
        new Promise<string[]>((resolve) => {
          const printed = { out: '', err: '' }
          const look = () => {
            if (printed.out.length >= 6 && printed.err.length >= 5) resolve([printed.out, printed.err])
          }
          child.stdout?.on('data', (chunk: Buffer) => {
            printed.out += chunk.toString()
            look()
          })
          child.stderr?.on('data', (chunk: Buffer) => {
            printed.err += chunk.toString()
            look()
          })
          child.postMessage({ do: 'print', out: 'hello\n', err: 'world' })
        }),
    )
    expect(printed).toEqual(['hello\n', 'world'])
    const plain = await fork(app)
    expect(await plain.evaluate(({ stdout, stderr }) => [stdout, stderr])).toEqual([null, null])
  })

  // Source: electron.d.ts utilityProcess.fork (args), ForkOptions.env, ForkOptions.cwd
  test('arguments, environment and working folder are those given to fork', async ({ app, folder }) => {
    const env = { CONFORMANCE: 'given', PATH: process.env['PATH'] ?? '' }
    const child = await fork(app, ['--one', 'two'], { env, cwd: folder })
    expect(await ask(child, { do: 'describe' })).toEqual({
      args: ['--one', 'two'],
      env: 'given',
      cwd: realpathSync(folder),
    })
  })

  // Source: spec/api-utility-process.spec.ts "app.getAppMetrics()" "with custom serviceName"
  test('getAppMetrics lists the child under its service name', async ({ app }) => {
    const child = await fork(app, [], { serviceName: 'Listener' })
    const pid = await child.evaluate(({ pid }) => pid)
    const found = () =>
      app.evaluate(({ app }, pid) => {
        const metric = app.getAppMetrics().find((metric) => metric.pid === pid)
        return [metric?.type, metric?.serviceName, metric?.name]
      }, pid)
    await expect.poll(found).toEqual(['Utility', 'node.mojom.NodeService', 'Listener'])
  })

  // Source: spec/api-utility-process.spec.ts "app 'child-process-gone' event"; electron.d.ts Details.reason
  test('a child that dies is told by child-process-gone with its service name, and its code is not 0', async ({
    app,
  }) => {
    test.skip(process.platform === 'win32', 'there are no signals on Windows')
    const child = await fork(app, [], { serviceName: 'Listener' })
    const gone = await app.evaluateHandle(({ app }) => ({
      details: new Promise<Electron.Details>((resolve) => {
        app.once('child-process-gone', (_event, details) => {
          resolve(details)
        })
      }),
    }))
    const code = await child.evaluate(
      (child) =>
        new Promise<number>((resolve) => {
          child.once('exit', resolve)
          process.kill(child.pid ?? 0, 'SIGKILL')
        }),
    )
    expect(code).not.toBe(0)
    expect(await gone.evaluate(({ details }) => details)).toMatchObject({
      type: 'Utility',
      serviceName: 'node.mojom.NodeService',
      name: 'Listener',
      reason: expect.stringMatching(/^(killed|crashed|abnormal-exit)$/),
    })
  })

  // Source: spec/api-utility-process.spec.ts "emits 'exit' when child process crashes", "app 'child-process-gone' event"
  test('a child that aborts is reported as crashed', async ({ app }) => {
    const child = await fork(app, [], { stdio: 'ignore' })
    const gone = await app.evaluateHandle(({ app }) => ({
      reason: new Promise<string>((resolve) => {
        app.once('child-process-gone', (_event, { reason }) => {
          resolve(reason)
        })
      }),
    }))
    expect(await exitAfter(child, { do: 'abort' })).not.toBe(0)
    expect(await gone.evaluate(({ reason }) => reason)).toMatch(/^(crashed|abnormal-exit)$/)
  })

  // Source: shell/services/node/node_service.cc (the loop ends with the channel to main); Chromium child processes
  test('a child ends when main is killed', async ({ launch }) => {
    test.skip(process.platform !== 'linux', 'looks in /proc')
    const { app, ended } = await launch(APP)
    await ready(app)
    const child = await fork(app)
    const pid = await child.evaluate(({ pid }) => pid ?? 0)
    process.kill(await app.evaluate(() => process.pid), 'SIGKILL')
    await ended
    expect(await gone(pid, 10_000)).toBe(true)
  })

  // Source: spec/api-utility-process.spec.ts "throws when options.stdio is not valid", "throws when empty script path …"
  test('an empty script and impossible stdio are refused', async ({ app }) => {
    const messages = await app.evaluate(({ utilityProcess }, worker) => {
      const attempts = [
        () => utilityProcess.fork(''),
        () => utilityProcess.fork(worker, [], { stdio: 'ipc' as 'pipe' }),
        () => utilityProcess.fork(worker, [], { stdio: ['pipe', 'inherit', 'inherit'] }),
      ]
      return attempts.map((attempt) => {
        try {
          attempt()
          return 'nothing was thrown'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error'
        }
      })
    }, WORKER)
    expect(messages).toEqual([
      expect.not.stringMatching(/^nothing was thrown$/),
      expect.stringMatching(/stdio must be of the following values: inherit, pipe, ignore/),
      expect.stringMatching(/stdin value other than ignore is not supported/),
    ])
  })
})
