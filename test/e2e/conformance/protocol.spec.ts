/** The app's own scheme: what its handler answers is what the page gets, and Chromium's rules apply to it. */
import { expect, inPage, openWindow, test } from './fixture.ts'

test.describe('protocol', () => {
  // Source: electron.d.ts Protocol.registerSchemesAsPrivileged ("can only be used before the ready event")
  test('registerSchemesAsPrivileged after ready throws', async ({ app }) => {
    const message = await app.evaluate(({ protocol }) => {
      try {
        protocol.registerSchemesAsPrivileged([{ scheme: 'late' }])
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    expect(message).toMatch(/before app is ready/)
  })

  // Source: electron.d.ts Protocol.handle ("Either a Response or a Promise<Response> can be returned")
  test("the handler's status, headers and bytes reach the page", async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(() => {
      conformance.routes.set(
        '/teapot',
        () =>
          new Response(Uint8Array.of(0, 255, 10, 13), {
            status: 418,
            headers: { 'content-type': 'application/x-tea', 'x-kind': 'green' },
          }),
      )
    })
    const answer = await inPage(page, async () => {
      const response = await fetch('/teapot')
      const bytes = new Uint8Array(await response.arrayBuffer())
      return [response.status, response.headers.get('content-type'), response.headers.get('x-kind'), ...bytes]
    })
    expect(answer).toEqual([418, 'application/x-tea', 'green', 0, 255, 10, 13])
  })

  // Source: electron.d.ts Protocol.handle (the handler gets a GlobalRequest)
  test('the handler gets method, URL with query, headers and body', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(() => {
      conformance.routes.set('/mirror', async (request) =>
        Response.json([request.method, request.url, request.headers.get('x-asked'), await request.text()]),
      )
    })
    const seen = await inPage(page, async () => {
      const headers = { 'x-asked': 'yes' }
      const response = await fetch('/mirror?q=a%20b', { method: 'POST', headers, body: 'words' })
      return await response.json()
    })
    expect(seen).toEqual(['POST', 'app://steno/mirror?q=a%20b', 'yes', 'words'])
  })

  // Source: electron.d.ts Protocol.handle; docs/api/protocol.md
  test('a 404 reaches fetch as a response that is not ok', async ({ app }) => {
    const page = await openWindow(app)
    const answer = await inPage(page, async () => {
      const response = await fetch('/no-such-file')
      return [response.ok, response.status, await response.text()]
    })
    expect(answer).toEqual([false, 404, 'nothing here'])
  })

  // Source: lib/browser/api/protocol.ts (a handler that throws gives ERR_UNEXPECTED)
  test('a handler that throws makes fetch fail', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(() => {
      conformance.routes.set('/broken', () => {
        throw new Error('on purpose')
      })
    })
    const outcome = await inPage(page, () =>
      fetch('/broken').then(
        ({ status }) => `status ${status}`,
        (error: unknown) => (error instanceof Error ? error.name : 'no error'),
      ),
    )
    expect(outcome).toBe('TypeError')
  })

  // Source: the HTML standard (module scripts need a JavaScript MIME type), through Protocol.handle
  test('a module script with the wrong MIME type does not run', async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(() => {
      for (const type of ['text/javascript', 'text/plain']) {
        const headers = { 'content-type': type }
        conformance.routes.set(`/${type}`, () => new Response('', { headers }))
      }
    })
    const outcomes = await inPage(page, ({ document }) =>
      Promise.all(
        ['text/javascript', 'text/plain'].map(
          (type) =>
            new Promise<string>((resolve) => {
              const script = document.createElement('script')
              script.type = 'module'
              script.src = `/${type}`
              script.onload = () => {
                resolve('ran')
              }
              script.onerror = () => {
                resolve('refused')
              }
              document.head.append(script)
            }),
        ),
      ),
    )
    expect(outcomes).toEqual(['ran', 'refused'])
  })

  // Source: docs/tutorial/security.md, point 7 ("CSP HTTP headers"), through Protocol.handle
  test("the handler's Content-Security-Policy header is enforced", async ({ app }) => {
    await app.evaluate(() => {
      const script = 'globalThis.ran = true; addEventListener("securitypolicyviolation", report)'
      const html = `<!doctype html><title>strict</title><script src="/own.js"></script>
        <script>globalThis.inlineRan = true</script>`
      const javascript = `globalThis.violations = []; function report({ effectiveDirective }) {
        violations.push(effectiveDirective) }; ${script}`
      const policy = "default-src 'none'; script-src 'self'"
      conformance.routes.set(
        '/strict',
        () =>
          new Response(html, { headers: { 'content-type': 'text/html', 'content-security-policy': policy } }),
      )
      conformance.routes.set(
        '/own.js',
        () => new Response(javascript, { headers: { 'content-type': 'text/javascript' } }),
      )
    })
    const page = await openWindow(app, 'strict')
    const seen = () =>
      inPage(page, (window) => [window['ran'], window['inlineRan'] ?? false, window['violations']])
    await expect.poll(seen).toEqual([true, false, ['script-src-elem']])
  })

  // Source: electron.d.ts Protocol.handle; lib/browser/api/protocol.ts ("Failed to register protocol")
  test('a scheme can be handled once until it is unhandled', async ({ app }) => {
    const outcomes = await app.evaluate(({ protocol }) => {
      const attempt = () => {
        try {
          protocol.handle('app', () => new Response('mine'))
          return 'accepted'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error'
        }
      }
      const outcomes = [protocol.isProtocolHandled('app'), attempt()]
      protocol.unhandle('app')
      return [...outcomes, protocol.isProtocolHandled('app'), attempt()]
    })
    expect(outcomes).toEqual([true, 'Failed to register protocol: app', false, 'accepted'])
  })

  // Source: electron.d.ts Privileges.secure, Privileges.standard; docs/api/protocol.md (standard schemes have storage)
  test('a page of a standard and secure scheme is a secure context with storage', async ({ app }) => {
    const page = await openWindow(app)
    const seen = await inPage(page, ({ isSecureContext, localStorage }) => {
      localStorage.setItem('key', 'value')
      return [isSecureContext, localStorage.getItem('key')]
    })
    expect(seen).toEqual([true, 'value'])
  })
})
