/** `electron.session`: the one default session, which holds the protocol and the permission handlers. */
import type Electron from 'electron'
import { strict } from './not-in-host.ts'
import { handlers } from './permissions.ts'
import type { PermissionHandlers } from './permissions.ts'
import { protocol } from './protocol.ts'
import { isReady } from './ready.ts'

type Implemented = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

const defaultSession = strict(
  {
    protocol,

    setPermissionRequestHandler(handler: PermissionHandlers['request']): void {
      handlers.request = handler
    },

    setPermissionCheckHandler(handler: PermissionHandlers['check']): void {
      handlers.check = handler
    },

    setDevicePermissionHandler(_handler): void {
      // Pages of the host see no HID, serial or USB devices that one could be asked about.
    },

    setDisplayMediaRequestHandler(handler: PermissionHandlers['displayMedia']): void {
      handlers.displayMedia = handler
    },
  } satisfies Implemented & { protocol: typeof protocol },
  'session#',
)

export const session = strict(
  {
    get defaultSession(): typeof defaultSession {
      if (!isReady()) throw new Error('Session can only be received when app is ready')
      return defaultSession
    },
  },
  'session',
)
