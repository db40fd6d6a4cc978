/** Message ports: in main, to pages, to utility processes, and directly between the two. */
import { expect, fork, heardInPreload, inPage, inPreload, openWindow, test } from './fixture.ts'
import type { FromMain } from './fixture.ts'

test.describe('message ports', () => {
  // Source: electron.d.ts MessagePortMain.start ("Messages will be queued until this method is called")
  test('a port keeps its messages until start, then gives them in order', async ({ app }) => {
    const story = await app.evaluate(async ({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      const story: unknown[] = []
      const all = new Promise<void>((resolve) => {
        port2.on('message', ({ data }) => {
          story.push(data)
          if (data === 3) resolve()
        })
      })
      for (const number of [1, 2, 3]) port1.postMessage(number)
      await new Promise((resolve) => setTimeout(resolve, 100))
      story.push('start')
      port2.start()
      await all
      return story
    })
    expect(story).toEqual(['start', 1, 2, 3])
  })

  // Source: electron.d.ts MessagePortMain 'close' ("when the remote end … becomes disconnected")
  test('closing one end emits close on the other, after the messages that were on their way', async ({
    app,
  }) => {
    const story = await app.evaluate(({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      const story: unknown[] = []
      return new Promise<unknown[]>((resolve) => {
        port2.on('message', ({ data }) => story.push(data))
        port2.on('close', () => {
          resolve([...story, 'close'])
        })
        port2.start()
        port1.postMessage('last words')
        port1.close()
      })
    })
    expect(story).toEqual(['last words', 'close'])
  })

  // Source: spec/api-ipc.spec.ts "can send messages to a closed port" and "… whose remote end is closed"
  test('posting to a closed port is neither heard nor an error', async ({ app }) => {
    const heard = await app.evaluate(async ({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      const heard: unknown[] = []
      port1.on('message', ({ data }) => heard.push(data))
      port2.on('message', ({ data }) => heard.push(data))
      port1.start()
      port2.start()
      port1.close()
      port1.postMessage('from a closed port')
      port2.postMessage('to a closed port')
      await new Promise((resolve) => setTimeout(resolve, 100))
      return heard
    })
    expect(heard).toEqual([])
  })

  // Source: spec/api-ipc.spec.ts "throws an error when an invalid parameter is sent to postMessage", "… already been neutered", "… duplicate ports"
  test('what cannot be transferred is refused by name: non-ports, duplicates, moved ports, the port itself', async ({
    app,
  }) => {
    const errors = await app.evaluate(({ MessageChannelMain }) => {
      const { port1 } = new MessageChannelMain()
      const { port1: moved } = new MessageChannelMain()
      const { port1: fresh } = new MessageChannelMain()
      port1.postMessage(null, [moved])
      const lists: unknown[] = [[new ArrayBuffer(8)], [null], [fresh, fresh], [moved], [port1], {}]
      return lists.map((list) => {
        try {
          port1.postMessage(null, list as Electron.MessagePortMain[])
          return 'nothing was thrown'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error'
        }
      })
    })
    expect(errors).toEqual([
      expect.stringMatching(/Port at index 0 is not a valid port/),
      expect.stringMatching(/Port at index 0 is not a valid port/),
      expect.stringMatching(/duplicate/),
      expect.stringMatching(/already neutered/),
      expect.stringMatching(/contains the source port/),
      expect.stringMatching(/transferables must be an array of MessagePorts/),
    ])
  })

  // Source: spec/api-ipc.spec.ts "throws on non-serializable message"
  test('posting a function through a port throws the clone error', async ({ app }) => {
    const message = await app.evaluate(({ MessageChannelMain }) => {
      try {
        new MessageChannelMain().port1.postMessage(() => 1)
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    expect(message).toContain('An object could not be cloned.')
  })

  // Source: electron.d.ts WebContents.postMessage; spec/api-ipc.spec.ts "can pass one end to a WebContents"
  test('a port given to a page carries messages both ways, and what was posted before is kept', async ({
    app,
  }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      window.heard = new Promise((resolve) => {
        ipcRenderer.on('port', ({ ports: [port] }: FromMain, message: string) => {
          if (port === undefined) return
          port.onmessage = ({ data }) => {
            port.postMessage(Float32Array.of(0.25))
            resolve([message, data])
          }
        })
      })
    })
    const answer = await app.evaluate(
      ({ BrowserWindow, MessageChannelMain }) =>
        new Promise<unknown>((resolve) => {
          const { port1, port2 } = new MessageChannelMain()
          port1.postMessage('early')
          port1.on('message', ({ data }: { data: Float32Array }) => {
            resolve([data.constructor.name, ...data])
          })
          port1.start()
          BrowserWindow.getAllWindows()[0]?.webContents.postMessage('port', 'take this', [port2])
        }),
    )
    expect(answer).toEqual(['Float32Array', 0.25])
    expect(await heardInPreload(page)).toEqual(['take this', 'early'])
  })

  // Source: docs/tutorial/message-ports.md "Communicating directly between the main process and the main world …"
  test('the preload can hand a port from main on to the page', async ({ app }) => {
    const page = await openWindow(app)
    await inPage(page, (window) => {
      window.heard = new Promise((resolve) => {
        window.onmessage = ({ ports: [port] }) => {
          if (port === undefined) return
          port.onmessage = ({ data }) => {
            resolve(data)
          }
        }
      })
    })
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      ipcRenderer.on('port', ({ ports }: FromMain) => {
        window.postMessage('here', '*', ports)
      })
    })
    await app.evaluate(({ BrowserWindow, MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      port1.postMessage({ from: 'main' })
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage('port', null, [port2])
    })
    expect(await inPage(page, (window) => window.heard)).toEqual({ from: 'main' })
  })

  // Source: spec/api-ipc.spec.ts "can send a port to the main process", "can communicate between main and renderer"
  test('a port given to main by a page keeps what the page posted before, and answers', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.on('port', ({ ports: [port] }) => {
        port?.on('message', ({ data }: { data: number }) => {
          port.postMessage(data * 2)
        })
        port?.start()
      })
    })
    const answers = await inPreload(
      page,
      ({ electron: { ipcRenderer }, window }) =>
        new Promise<unknown[]>((resolve) => {
          const { port1, port2 } = new window.MessageChannel()
          const answers: unknown[] = []
          port2.onmessage = ({ data }) => {
            answers.push(data)
            if (answers.length === 2) resolve(answers)
          }
          port2.postMessage(1)
          ipcRenderer.postMessage('port', null, [port1])
          port2.postMessage(2)
        }),
    )
    expect(answers).toEqual([2, 4])
  })

  // Source: spec/api-ipc.spec.ts "is emitted when the main process closes its end of the port"
  test("a page's port gets close when main closes its end", async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      window.heard = new Promise((resolve) => {
        ipcRenderer.on('port', ({ ports: [port] }: FromMain) => {
          port?.addEventListener('close', () => {
            resolve('close')
          })
          port?.start()
        })
      })
    })
    await app.evaluate(({ BrowserWindow, MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage('port', null, [port2])
      port1.close()
    })
    expect(await heardInPreload(page)).toBe('close')
  })

  // Source: electron.d.ts MessagePortMain 'close'; a reload destroys the page's end
  test("main's port gets close when the page that holds the other end reloads", async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      ipcRenderer.on('port', ({ ports }: FromMain) => {
        window['held'] = ports[0]
        ipcRenderer.send('held')
      })
    })
    const closed = await app.evaluate(
      ({ BrowserWindow, MessageChannelMain, ipcMain }) =>
        new Promise<string>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          const { port1, port2 } = new MessageChannelMain()
          port1.on('close', () => {
            resolve('close')
          })
          port1.start()
          ipcMain.once('held', () => contents?.reload())
          contents?.postMessage('port', null, [port2])
        }),
    )
    expect(closed).toBe('close')
  })

  // Source: spec/api-ipc.spec.ts "can be passed over another channel", "can receive a port from a renderer over a MessagePort connection"
  test('a port can travel through another port, from page to main', async ({ app }) => {
    const page = await openWindow(app)
    const heard = await app.evaluateHandle(({ ipcMain }) => ({
      data: new Promise<unknown>((resolve) => {
        ipcMain.on('outer', ({ ports: [outer] }) => {
          outer?.on('message', ({ ports: [inner] }) => {
            inner?.on('message', ({ data }) => {
              resolve(data)
            })
            inner?.start()
          })
          outer?.start()
        })
      }),
    }))
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      const outer = new window.MessageChannel()
      const inner = new window.MessageChannel()
      outer.port2.postMessage('with a port', [inner.port1])
      inner.port2.postMessage('from the inner port')
      ipcRenderer.postMessage('outer', null, [outer.port1])
    })
    expect(await heard.evaluate(({ data }) => data)).toBe('from the inner port')
  })

  // Source: electron/electron#34905 (open): "the entire message data is lost", ownership is lost in the renderer
  test('an ArrayBuffer that a page transfers to main is lost: the message is null', async ({ app }) => {
    const page = await openWindow(app)
    const heard = await app.evaluateHandle(({ ipcMain }) => ({
      data: new Promise<unknown[]>((resolve) => {
        ipcMain.on('port', ({ ports: [port] }) => {
          const all: unknown[] = []
          port?.on('message', ({ data }) => {
            all.push(data ?? null)
            if (all.length === 2) resolve(all)
          })
          port?.start()
        })
      }),
    }))
    const left = await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      const { port1, port2 } = new window.MessageChannel()
      const buffer = new ArrayBuffer(8)
      ipcRenderer.postMessage('port', null, [port1])
      port2.postMessage({ buffer }, [buffer])
      port2.postMessage('the next one is whole')
      return buffer.byteLength
    })
    expect(left).toBe(0)
    expect(await heard.evaluate(({ data }) => data)).toEqual([null, 'the next one is whole'])
  })

  // Source: electron.d.ts UtilityProcess.postMessage (its example); docs/api/parent-port.md
  test('a port given to a utility process carries messages both ways', async ({ app }) => {
    const child = await fork(app)
    const channel = await app.evaluateHandle(({ MessageChannelMain }) => new MessageChannelMain())
    await child.evaluate((child, { port2 }) => {
      child.postMessage({ do: 'double' }, [port2])
    }, channel)
    const answer = await channel.evaluate(
      ({ port1 }) =>
        new Promise<unknown>((resolve) => {
          port1.once('message', ({ data }) => {
            resolve(data)
          })
          port1.start()
          port1.postMessage(21)
        }),
    )
    expect(answer).toBe(42)
  })

  // Source: spec/api-utility-process.spec.ts "can establish communication channel with sandboxed renderer"
  test('a page and a utility process talk directly once main has given each an end', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron: { ipcRenderer }, window }) => {
      window.heard = new Promise((resolve) => {
        ipcRenderer.on('port', ({ ports: [port] }: FromMain) => {
          if (port === undefined) return
          port.onmessage = ({ data }) => {
            resolve(data)
          }
          port.postMessage(4)
        })
      })
    })
    const child = await fork(app)
    const channel = await app.evaluateHandle(({ BrowserWindow, MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain()
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage('port', null, [port1])
      return { port2 }
    })
    await child.evaluate((child, { port2 }) => {
      child.postMessage({ do: 'double' }, [port2])
    }, channel)
    expect(await heardInPreload(page)).toBe(8)
  })

  // Source: docs/api/message-port-main.md (postMessage with transfer), spec/api-ipc.spec.ts "can be passed over another channel"
  test('a utility process can send a port back through a port', async ({ app }) => {
    const child = await fork(app)
    const channels = await app.evaluateHandle(({ MessageChannelMain }) => ({
      way: new MessageChannelMain(),
      sent: new MessageChannelMain(),
    }))
    await child.evaluate((child, { way, sent }) => {
      child.postMessage({ do: 'passOn' }, [way.port2, sent.port2])
    }, channels)
    const story = await channels.evaluate(
      ({ way, sent }) =>
        new Promise<unknown[]>((resolve) => {
          way.port1.once('message', ({ data, ports: [back] }) => {
            sent.port1.once('message', (answer) => {
              resolve([data, answer.data])
            })
            sent.port1.start()
            back?.postMessage('through the returned port')
          })
          way.port1.start()
        }),
    )
    expect(story).toEqual(['a port for you', 'through the returned port'])
  })
})
