/** Stands for the `electron` module in unit tests of main, which must not load it: its pure parts need nothing of it. */
const nothing = {}

export const app = nothing
export const BrowserWindow = nothing
export const ipcMain = nothing
export const protocol = nothing
export const session = nothing
export const utilityProcess = nothing
