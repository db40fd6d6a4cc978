/** Where the parts of Steno say what they do. Lines never hold what was dictated. */
export type Log = (level: 'info' | 'warn' | 'error', text: string) => void

export const silentLog: Log = () => undefined
