/**
 * The app under the conformance tests. It opens no window and registers nothing a test might want to see unregistered;
 * the tests act through `evaluate`. Plain CommonJS, so that it runs without a build.
 */
/* global require, __dirname, URL, Response */
const { app, protocol, utilityProcess } = require('electron')
const { readFile } = require('node:fs/promises')
const { extname, join } = require('node:path')

const MIME = { '.html': 'text/html', '.js': 'text/javascript' }

/** What can only be seen or done here: before `ready`, and in the answers to requests for pages. */
globalThis.conformance = {
  story: [`loading, ready: ${app.isReady()}`],
  forkBeforeReady: messageOf(() => utilityProcess.fork(join(__dirname, 'worker.cjs'))),
  hasLock: undefined,
  routes: new Map(),
}
const { story, routes } = globalThis.conformance

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])

if (process.env.CONFORMANCE_LOCK !== undefined) {
  globalThis.conformance.hasLock = app.requestSingleInstanceLock(JSON.parse(process.env.CONFORMANCE_LOCK))
}
// An instance that only asks for the lock says what it got with its exit code.
if (process.env.CONFORMANCE_ONLY_LOCK !== undefined) app.exit(globalThis.conformance.hasLock ? 10 : 11)

app.on('ready', () => story.push(`ready: ${app.isReady()}`))
app.whenReady().then(() => protocol.handle('app', answer))

/** A test's own route if there is one, else a file of this folder. */
async function answer(request) {
  const { pathname } = new URL(request.url)
  const route = routes.get(pathname)
  if (route) return route(request)
  try {
    const type = MIME[extname(pathname)] ?? 'application/octet-stream'
    return new Response(await readFile(join(__dirname, pathname)), { headers: { 'content-type': type } })
  } catch {
    return new Response('nothing here', { status: 404 })
  }
}

function messageOf(action) {
  try {
    action()
  } catch (error) {
    return error.message
  }
}
