/** invoke, handle, send, and what survives the way between the processes. */
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, inPreload, openWindow, test } from './fixture.ts'
import type { PreloadWorld } from './fixture.ts'
import { portrait } from './portrait.ts'

/** The message of the error that an invoke of `channel` rejects with. */
async function invokeError(page: Page, channel: string): Promise<string> {
  return await inPreload(
    page,
    ({ electron }, channel) =>
      electron.ipcRenderer.invoke(channel).then(
        () => 'nothing was thrown',
        (error: unknown) => (error instanceof Error ? error.message : 'no error'),
      ),
    channel,
  )
}

/**
 * Sends what `make` returns to main and back. Gives three portraits, which are the same when nothing was lost: of the
 * original, as main saw it, and of what came back.
 */
async function roundTrip(
  app: ElectronApplication,
  page: Page,
  make: () => unknown,
): Promise<readonly string[]> {
  await app.evaluate(({ ipcMain }, source) => {
    const portrait = eval(`(${source})`) as (value: unknown) => string
    ipcMain.handle('mirror', (_event, value: unknown) => [portrait(value), value])
  }, portrait.toString())
  const travel = async ({ electron }: PreloadWorld, [make, source]: readonly [string, string]) => {
    const portrait = eval(`(${source})`) as (value: unknown) => string
    const original = (eval(`(${make})`) as () => unknown)()
    const [inMain, back] = (await electron.ipcRenderer.invoke('mirror', original)) as [string, unknown]
    return [portrait(original), inMain, portrait(back)]
  }
  return await inPreload(page, travel, [make.toString(), portrait.toString()] as const)
}

test.describe('ipc', () => {
  // Source: spec/api-ipc.spec.ts "receives a response from a synchronous handler" and "… asynchronous handler"
  test('invoke gets what the handler returns, at once or later, and the handler gets the arguments', async ({
    app,
  }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.handle('now', (_event, ...args: unknown[]): unknown[] => ['now', ...args])
      ipcMain.handle('later', (_event, ...args: unknown[]) => Promise.resolve(['later', ...args]))
    })
    const answers = await inPreload(page, async ({ electron: { ipcRenderer } }) => [
      await ipcRenderer.invoke('now', 1, 'two'),
      await ipcRenderer.invoke('later'),
    ])
    expect(answers).toEqual([['now', 1, 'two'], ['later']])
  })

  // Source: lib/renderer/api/ipc-renderer.ts (wording); electron.d.ts IpcMain.handle ("only the message property …")
  test('an error of the handler reaches the page as "Error invoking remote method …" and nothing more', async ({
    app,
  }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.handle('failing', () => {
        throw Object.assign(new RangeError('too far'), { code: 'E_FAR' })
      })
    })
    const error = await inPreload(page, ({ electron }) =>
      electron.ipcRenderer.invoke('failing').catch((error: unknown) => {
        if (!(error instanceof Error)) return 'no error'
        return `${error.name} | ${error.message} | ${'code' in error}`
      }),
    )
    expect(error).toBe("Error | Error invoking remote method 'failing': RangeError: too far | false")
  })

  // Source: lib/browser/ipc-dispatch.ts; spec/api-ipc.spec.ts "throws an error if no handler is registered"
  test('invoking a channel without handler says so', async ({ app }) => {
    const page = await openWindow(app)
    expect(await invokeError(page, 'nobody')).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    )
  })

  // Source: lib/browser/ipc-main-impl.ts; spec/api-ipc.spec.ts "forbids multiple handlers"
  test('a second handler for a channel is refused until the first is removed', async ({ app }) => {
    const outcomes = await app.evaluate(({ ipcMain }) => {
      const attempt = () => {
        try {
          ipcMain.handle('taken', () => 1)
          return 'accepted'
        } catch (error) {
          return String(error)
        }
      }
      const outcomes = [attempt(), attempt()]
      ipcMain.removeHandler('taken')
      return [...outcomes, attempt()]
    })
    expect(outcomes).toEqual([
      'accepted',
      "Error: Attempted to register a second handler for 'taken'",
      'accepted',
    ])
  })

  // Source: electron.d.ts IpcMain.handleOnce ("Handles a single invokeable IPC message, then removes the listener")
  test('handleOnce answers one invoke only', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.handleOnce('once', () => 'yes')
    })
    expect(await inPreload(page, ({ electron }) => electron.ipcRenderer.invoke('once'))).toBe('yes')
    expect(await invokeError(page, 'once')).toContain("No handler registered for 'once'")
  })

  // Source: electron.d.ts IpcRenderer.invoke ("serialized with the Structured Clone Algorithm")
  test('undefined, NaN, -0, infinities and BigInt survive the way to main and back', async ({ app }) => {
    const page = await openWindow(app)
    const [original, inMain, back] = await roundTrip(app, page, () => [
      undefined,
      null,
      NaN,
      -0,
      -Infinity,
      2n ** 70n,
      { there: undefined },
      'a\0b\ud83d\ude00',
    ])
    expect([inMain, back]).toEqual([original, original])
  })

  // Source: electron.d.ts IpcRenderer.invoke ("serialized with the Structured Clone Algorithm")
  test('Map, Set, Date, RegExp and Error survive the way to main and back', async ({ app }) => {
    const page = await openWindow(app)
    const [original, inMain, back] = await roundTrip(app, page, () => [
      new Map<unknown, unknown>([
        [{ key: 1 }, new Set([1, 'one'])],
        [-0, undefined],
      ]),
      new Date(86_400_000),
      /a(b)?/giu,
      new TypeError('not that'),
    ])
    expect([inMain, back]).toEqual([original, original])
  })

  // Source: spec/api-ipc.spec.ts "payloads across the shared-memory threshold"; structured clone of views
  test('buffers and typed arrays survive with their type and bytes', async ({ app }) => {
    const page = await openWindow(app)
    const [original, inMain, back] = await roundTrip(app, page, () => [
      Float32Array.of(0.5, -1, NaN),
      Int16Array.of(-1, 32767),
      new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
      BigInt64Array.of(-1n),
      new DataView(Uint8Array.of(9, 8, 7).buffer),
      Uint8Array.of(1, 2).buffer,
      new Uint8Array(100_000).fill(7),
    ])
    expect([inMain, back]).toEqual([original, original])
  })

  // Source: electron.d.ts IpcRenderer.invoke ("serialized with the Structured Clone Algorithm")
  test('cycles and shared references keep their shape', async ({ app }) => {
    const page = await openWindow(app)
    const [original, inMain, back] = await roundTrip(app, page, () => {
      const shared = { name: 'shared' }
      const round: Record<string, unknown> = { first: shared, second: [shared] }
      round['self'] = round
      return round
    })
    expect([inMain, back]).toEqual([original, original])
  })

  // Source: electron.d.ts IpcRenderer.invoke ("so prototype chains will not be included")
  test("an instance of the app's own class arrives as a plain object", async ({ app }) => {
    const page = await openWindow(app)
    const [, inMain, back] = await roundTrip(app, page, () => {
      class Clip {
        readonly seconds = 3
        play() {
          return this.seconds
        }
      }
      return new Clip()
    })
    expect([inMain, back]).toEqual(['{seconds: 3}', '{seconds: 3}'])
  })

  // Source: electron.d.ts IpcRenderer.send, IpcRenderer.invoke ("Sending Functions, Promises, Symbols, WeakMaps, or WeakSets will throw")
  test('functions, promises, symbols and weak collections are refused with the clone error', async ({
    app,
  }) => {
    const page = await openWindow(app)
    const errors = await inPreload(page, async ({ electron: { ipcRenderer } }) => {
      const message = (error: unknown) => (error instanceof Error ? error.message : 'no error')
      const refused = [
        () => 1,
        Promise.resolve(1),
        Symbol('s'),
        new WeakMap(),
        new WeakSet(),
        { deep: [() => 1] },
      ]
      const errors: string[] = []
      for (const value of refused) {
        try {
          ipcRenderer.send('channel', value)
          errors.push('nothing was thrown')
        } catch (error) {
          errors.push(message(error))
        }
        errors.push((await ipcRenderer.invoke('channel', value).catch(message)) as string)
      }
      return errors
    })
    expect(errors).toEqual(Array.from({ length: 12 }, () => 'An object could not be cloned.'))
  })

  // Source: spec/api-ipc.spec.ts "receives an error when the handler result cannot be cloned"
  test('a handler that returns a function makes the invoke fail with the clone error', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.handle('code', () => ({ run: () => 1 }))
    })
    expect(await invokeError(page, 'code')).toContain('could not be cloned')
  })

  // Source: spec/api-ipc.spec.ts "ordering"
  test('a thousand sends and invokes arrive in the order they were made', async ({ app }) => {
    const page = await openWindow(app)
    const received = await app.evaluateHandle(({ ipcMain }) => {
      const received: number[] = []
      ipcMain.on('send', (_event, index: number) => received.push(index))
      ipcMain.handle('invoke', (_event, index: number) => {
        received.push(index)
      })
      return received
    })
    await inPreload(page, async ({ electron: { ipcRenderer } }) => {
      const invokes: Promise<unknown>[] = []
      for (let index = 0; index < 1000; index++) {
        if (index % 3 === 0) invokes.push(ipcRenderer.invoke('invoke', index))
        else ipcRenderer.send('send', index)
      }
      await Promise.all(invokes)
    })
    expect(await received.jsonValue()).toEqual(Array.from({ length: 1000 }, (_, index) => index))
  })

  // Source: electron.d.ts IpcMainEvent.sender, IpcMainEvent.senderFrame; docs/tutorial/security.md, point 17
  test("an event names its sender: the webContents and the main frame with the page's URL", async ({
    app,
  }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain, BrowserWindow }) => {
      ipcMain.handle('who', ({ sender, senderFrame }) => [
        sender === BrowserWindow.getAllWindows()[0]?.webContents,
        senderFrame === sender.mainFrame,
        senderFrame?.parent ?? 'no parent',
        senderFrame?.url,
        senderFrame?.origin,
      ])
    })
    const who = await inPreload(page, ({ electron }) => electron.ipcRenderer.invoke('who'))
    expect(who).toEqual([true, true, 'no parent', 'app://steno/index.html', 'app://steno'])
  })

  // Source: electron.d.ts IpcMainEvent.reply
  test('event.reply answers the frame that sent', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.on('question', (event, number: number) => {
        event.reply('answer', number * 2)
      })
    })
    const answer = await inPreload(
      page,
      ({ electron: { ipcRenderer } }) =>
        new Promise<unknown>((resolve) => {
          ipcRenderer.once('answer', (_event, number) => {
            resolve(number)
          })
          ipcRenderer.send('question', 21)
        }),
    )
    expect(answer).toBe(42)
  })

  // Source: spec/api-ipc.spec.ts "throws when the transferable is invalid"
  test('ipcRenderer.postMessage refuses to transfer an ArrayBuffer', async ({ app }) => {
    const page = await openWindow(app)
    const message = await inPreload(page, ({ electron: { ipcRenderer } }) => {
      try {
        ipcRenderer.postMessage('channel', '', [new ArrayBuffer(8) as never])
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    expect(message).toBe('Invalid value for transfer')
  })

  // Source: electron.d.ts IpcRenderer.off, IpcRenderer.once (Node's EventEmitter)
  test('a listener taken off hears nothing more', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      const heard: string[] = []
      const off = () => heard.push('taken off')
      ipcRenderer.on('call', off)
      ipcRenderer.off('call', off)
      ipcRenderer.once('call', () => heard.push('once'))
      window.heard = new Promise((resolve) => {
        ipcRenderer.on('call', (_event, last: boolean) => {
          heard.push('always')
          if (last) resolve(heard)
        })
      })
    })
    const heard = inPreload(page, ({ window }) => window.heard)
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.send('call', false)
      contents?.send('call', true)
    })
    expect(await heard).toEqual(['once', 'always', 'always'])
  })
})
