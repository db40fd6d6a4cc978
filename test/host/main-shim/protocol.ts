/** `electron.protocol`: the app's own schemes, served by loopback servers. */
import type Electron from 'electron'
import { answerWith, listen } from './loopback.ts'
import type { Handler } from './loopback.ts'
import { NotInHost, strict } from './not-in-host.ts'
import { assignPort } from './origins.ts'
import { isReady } from './ready.ts'

type Implemented = Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>

const schemes: string[] = []
const handlers = new Map<string, Handler>()
let registered = false

/** Starts a server for each registered scheme; done before `ready`, when no more schemes can come. */
export async function serveSchemes(): Promise<void> {
  await Promise.all(
    schemes.map(async (scheme) => {
      assignPort(scheme, await listen(answerWith(() => handlers.get(scheme))))
    }),
  )
}

export const protocol = strict(
  {
    registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
      if (isReady()) {
        throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      }
      if (registered) throw new Error('protocol.registerSchemesAsPrivileged can be called only once')
      registered = true
      for (const { scheme, privileges } of customSchemes) {
        // The host's pages are standard and secure whether they want to or not.
        if (privileges?.standard !== true || privileges.secure !== true) {
          throw new NotInHost(`protocol: ${scheme}: a scheme that is not both standard and secure`)
        }
        schemes.push(scheme)
      }
    },

    handle(
      scheme: string,
      handler: (request: GlobalRequest) => GlobalResponse | Promise<GlobalResponse>,
    ): void {
      refuseBeforeReady()
      if (!schemes.includes(scheme))
        throw new NotInHost(`protocol.handle('${scheme}') of an unprivileged scheme`)
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
      handlers.set(scheme, handler)
    },

    unhandle(scheme: string): void {
      refuseBeforeReady()
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
    },

    isProtocolHandled(scheme: string): boolean {
      refuseBeforeReady()
      return handlers.has(scheme)
    },
  } satisfies Implemented,
  'protocol',
)

/** Electron's protocols belong to the default session, which is not there earlier. */
function refuseBeforeReady(): void {
  if (!isReady()) throw new Error('Session can only be received when app is ready')
}
