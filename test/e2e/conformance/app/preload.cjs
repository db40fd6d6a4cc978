/** Lets a test run a function in the preload's own world; what the function gets is all that a preload has. */
/* global require, window */
const electron = require('electron')

globalThis.preloadSecret = 'known to the preload only'

electron.contextBridge.exposeInMainWorld('bridge', {
  run: async (source, argument) => (0, eval)(`(${source})`)({ electron, require, window }, argument),
})
