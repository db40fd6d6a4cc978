/**
 * Puts main's permission handlers in front of the page's APIs: each guarded function first asks main. The replacements
 * are proxies of the real functions, so that their name, length and source text look the same. Needed because
 * `--use-fake-ui-for-media-stream` grants every microphone whatever the browser's own settings say.
 */
import type { PermissionQuestion } from '../shared/wire.ts'

type Ask = (question: PermissionQuestion) => Promise<boolean>
type Api = Record<string, unknown>
type Native = (...args: unknown[]) => unknown

interface Constraints {
  readonly audio?: unknown
  readonly video?: unknown
}

interface Device {
  readonly kind: string
}

/** Names in `navigator.permissions.query` → Electron's; others are called the same. */
const QUERIED: Readonly<Record<string, string>> = {
  'clipboard-write': 'clipboard-sanitized-write',
  camera: 'media',
  microphone: 'media',
}

export function guardPermissions(ask: Ask): void {
  guard('MediaDevices', 'getUserMedia', async (native, [constraints]) => {
    const mediaTypes = mediaTypesOf(constraints as Constraints | undefined)
    if (mediaTypes.length > 0) await insist(ask, { way: 'request', permission: 'media', mediaTypes })
    return await native()
  })
  guard('MediaDevices', 'getDisplayMedia', async (native) => {
    await insist(ask, { way: 'request', permission: 'display-capture' })
    return await native()
  })
  guard(
    'MediaDevices',
    'enumerateDevices',
    async (native) => await withoutLabels(ask, (await native()) as Device[]),
  )
  guard('Permissions', 'query', async (native, [descriptor]) => {
    const question = checkOf((descriptor as { readonly name?: unknown } | undefined)?.name)
    // Main sets Chromium to its own answer, which the real query then gives.
    if (question !== undefined) await ask(question)
    return await native()
  })
  for (const [owner, method, permission] of SIMPLE) {
    guard(owner, method, async (native) => {
      await insist(ask, { way: 'request', permission })
      return await native()
    })
  }
}

/** Functions that need nothing but a yes. */
const SIMPLE = [
  ['Clipboard', 'read', 'clipboard-read'],
  ['Clipboard', 'readText', 'clipboard-read'],
  ['Clipboard', 'write', 'clipboard-sanitized-write'],
  ['Clipboard', 'writeText', 'clipboard-sanitized-write'],
  ['WakeLock', 'request', 'screen-wake-lock'],
  ['StorageManager', 'persist', 'persistent-storage'],
] as const

function guard(
  owner: string,
  method: string,
  guarded: (native: () => unknown, args: readonly unknown[]) => Promise<unknown>,
): void {
  const prototype = (globalThis as unknown as Api)[owner] as { readonly prototype: Api } | undefined
  const native = prototype?.prototype[method]
  if (prototype === undefined || typeof native !== 'function') return
  prototype.prototype[method] = new Proxy(native as Native, {
    apply: (target, self, args: unknown[]) => guarded(() => Reflect.apply(target, self, args), args),
  })
}

async function insist(ask: Ask, question: PermissionQuestion): Promise<void> {
  if (!(await ask(question))) throw new DOMException('Permission denied', 'NotAllowedError')
}

function mediaTypesOf(constraints: Constraints | undefined): ('audio' | 'video')[] {
  return (['audio', 'video'] as const).filter((type) => {
    const wanted = constraints?.[type]
    return wanted !== undefined && wanted !== false
  })
}

function checkOf(name: unknown): PermissionQuestion | undefined {
  if (typeof name !== 'string') return undefined
  const permission = QUERIED[name] ?? name
  if (permission !== 'media') return { way: 'check', permission }
  return { way: 'check', permission, mediaTypes: [name === 'camera' ? 'video' : 'audio'] }
}

/** Without permission a page learns that there are devices, not which. */
async function withoutLabels(ask: Ask, devices: Device[]): Promise<Device[]> {
  const mayKnow = {
    audio: await ask({ way: 'check', permission: 'media', mediaTypes: ['audio'] }),
    video: await ask({ way: 'check', permission: 'media', mediaTypes: ['video'] }),
  }
  for (const device of devices) {
    const type = device.kind === 'videoinput' ? 'video' : 'audio'
    if (!mayKnow[type]) {
      for (const name of ['label', 'deviceId', 'groupId']) Object.defineProperty(device, name, { value: '' })
    }
  }
  return devices
}
