/** `electron.net`: Node's own fetch, which goes through no proxy of the system. */
import type Electron from 'electron'

export const net = {
  fetch: (input, init) => fetch(input, init),
} satisfies Pick<Electron.Net, 'fetch'>
