/** The wall between preload and page, and what may pass it. */
import { expect, inPage, inPreload, openWindow, test } from './fixture.ts'

test.describe('context bridge', () => {
  // Source: docs/tutorial/tutorial-preload.md ("preload … before a web page is loaded")
  test("the exposed API is there before the page's first script", async ({ app }) => {
    const page = await openWindow(app)
    expect(await inPage(page, (window) => window['bridgeAtFirstScript'])).toBe('object')
  })

  // Source: spec/api-context-bridge.spec.ts "should make global properties read-only", "should make properties unwriteable"
  test('a page can neither replace the API nor change its members', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      contextBridge.exposeInMainWorld('api', { answer: 42, list: [1, 2], nested: { deep: 'yes' } })
    })
    const after = await inPage(page, (window) => {
      const api = window['api'] as { answer: number; list: number[]; nested: { deep: string } }
      const attempts = [
        () => (window['api'] = 1),
        () => (api.answer = 1),
        () => api.list.push(3),
        () => (api.nested.deep = 'no'),
        () => delete (api as { answer?: number }).answer,
        () => Object.assign(api, { more: 1 }),
      ]
      for (const attempt of attempts) {
        try {
          attempt()
        } catch {
          // Strict code is told, sloppy code is not; what counts is what is left.
        }
      }
      return JSON.stringify(window['api'])
    })
    expect(after).toBe('{"answer":42,"list":[1,2],"nested":{"deep":"yes"}}')
  })

  // Source: docs/tutorial/context-isolation.md ("different JavaScript contexts")
  test("the preload's globals are invisible to the page and the page's to the preload", async ({ app }) => {
    const page = await openWindow(app)
    const inIts = await inPage(page, (window) => [
      typeof window['pageSecret'],
      typeof window['preloadSecret'],
    ])
    const preload = await inPreload(page, ({ window }) => [
      typeof window['pageSecret'],
      typeof window['preloadSecret'],
    ])
    expect([inIts, preload]).toEqual([
      ['string', 'undefined'],
      ['undefined', 'string'],
    ])
  })

  // Source: docs/tutorial/context-isolation.md; electron.d.ts WebPreferences.nodeIntegration ("Default is false")
  test('a page has no require, process, module or electron', async ({ app }) => {
    const page = await openWindow(app)
    const found = await inPage(page, (window) =>
      ['require', 'process', 'module', 'electron', 'ipcRenderer'].filter((name) => name in window),
    )
    expect(found).toEqual([])
  })

  // Source: docs/tutorial/sandbox.md "Preload scripts" (a subset of modules); breaking-changes.md, 44 (clipboard)
  test('a sandboxed preload has ipcRenderer and contextBridge, but neither Node modules nor clipboard', async ({
    app,
  }) => {
    const page = await openWindow(app)
    const found = await inPreload(page, ({ electron, require }) => {
      const canRequire = (name: string) => {
        try {
          return require(name) !== undefined
        } catch {
          return false
        }
      }
      return [
        typeof electron.ipcRenderer.invoke,
        typeof electron.contextBridge.exposeInMainWorld,
        'clipboard' in electron,
        canRequire('electron'),
        canRequire('node:fs'),
        canRequire('child_process'),
      ]
    })
    expect(found).toEqual(['function', 'function', false, true, false, false])
  })

  // Source: docs/api/context-bridge.md "API Functions" ("proxied … all other values are copied and frozen")
  test('functions are proxied both ways: arguments, results and callbacks pass', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      contextBridge.exposeInMainWorld('api', {
        each: (items: number[], visit: (item: number) => string) => items.map((item) => visit(item)),
      })
    })
    const result = await inPage(page, (window) => {
      const api = window['api'] as { each(items: number[], visit: (item: number) => string): string[] }
      return api.each([1, 2], (item) => `page saw ${item}`)
    })
    expect(result).toEqual(['page saw 1', 'page saw 2'])
  })

  // Source: docs/api/context-bridge.md ("any mutations on one side of the bridge do not result in an update on the other")
  test('objects are copied: a change on one side is not seen on the other', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      const state = { count: 0 }
      contextBridge.exposeInMainWorld('api', {
        state,
        increase: () => ++state.count,
        change: (given: { word: string }) => (given.word = 'changed'),
      })
    })
    const seen = await inPage(page, (window) => {
      const api = window['api'] as {
        state: { count: number }
        increase(): number
        change(given: { word: string }): void
      }
      const given = { word: 'original' }
      api.change(given)
      return [api.increase(), api.state.count, given.word]
    })
    expect(seen).toEqual([1, 0, 'original'])
  })

  // Source: docs/api/context-bridge.md "Parameter / Error / Return Type support" (cloneable types)
  test('typed arrays, Map and Date pass as such', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      contextBridge.exposeInMainWorld('api', {
        samples: Float32Array.of(0.5, -1),
        table: new Map([['a', 1]]),
        date: new Date(0),
        sum: (samples: Float32Array) => [
          samples instanceof Float32Array,
          samples.reduce((sum, sample) => sum + sample, 0),
        ],
      })
    })
    const seen = await inPage(page, (window) => {
      const api = window['api'] as {
        samples: Float32Array
        table: Map<string, number>
        date: Date
        sum(samples: Float32Array): unknown[]
      }
      return [
        api.samples instanceof Float32Array && api.samples[1],
        api.table instanceof Map && api.table.get('a'),
        api.date instanceof Date && api.date.getTime(),
        ...api.sum(Float32Array.of(1, 2)),
      ]
    })
    expect(seen).toEqual([-1, 1, 0, true, 3])
  })

  // Source: spec/api-context-bridge.spec.ts "should proxy promises and reject with the correct value"
  test("promises settle across the bridge, with the error's message", async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      contextBridge.exposeInMainWorld('api', {
        good: () => Promise.resolve({ fine: true }),
        bad: () => Promise.reject(new Error('no good')),
      })
    })
    const seen = await inPage(page, async (window) => {
      const api = window['api'] as { good(): Promise<unknown>; bad(): Promise<unknown> }
      const error = await api.bad().catch((error: unknown) => error)
      return [await api.good(), error instanceof Error && error.message]
    })
    expect(seen).toEqual([{ fine: true }, 'no good'])
  })

  // Source: docs/api/context-bridge.md (Error: "message … copied, any custom properties on the Error object will be lost")
  test('an error thrown in the preload reaches the page without its own properties', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { contextBridge } }) => {
      contextBridge.exposeInMainWorld('api', {
        fail: () => {
          throw Object.assign(new Error('broken'), { code: 'E_BROKEN' })
        },
      })
    })
    const seen = await inPage(page, (window) => {
      try {
        ;(window['api'] as { fail(): void }).fail()
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? [error.message, 'code' in error] : 'no error'
      }
    })
    expect(seen).toEqual(['broken', false])
  })

  // Source: shell/renderer/api/electron_api_context_bridge.cc ("Cannot bind an API on top of an existing property …")
  test('a name that the page already has cannot be exposed', async ({ app }) => {
    const page = await openWindow(app)
    const messages = await inPreload(page, ({ electron: { contextBridge } }) =>
      ['bridge', 'pageSecret', 'document'].map((name) => {
        try {
          contextBridge.exposeInMainWorld(name, {})
          return 'nothing was thrown'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error'
        }
      }),
    )
    const refusal = 'Cannot bind an API on top of an existing property on the window object'
    expect(messages).toEqual([refusal, refusal, refusal])
  })
})
