/**
 * `electron.dialog`: every dialog is remembered and answered at once: with what a test prepared, else by cancelling.
 * Arguments are checked as electron/lib/browser/api/dialog.ts does.
 */
import type Electron from 'electron'
import { isReady } from '../ready.ts'
import { cancelIdOf, checkMessageBox, checkTexts } from './dialog-options.ts'

type Options = Electron.OpenDialogOptions & Electron.SaveDialogOptions & Electron.MessageBoxOptions
type Arguments = readonly unknown[]

/** What the person does with the next dialog; the members that its kind has no use for are ignored. */
export interface DialogAnswer {
  readonly filePaths?: readonly string[]
  readonly filePath?: string
  /** Index of the button. */
  readonly response?: number
  readonly checkboxChecked?: boolean
}

export interface ShownDialog {
  readonly kind: 'open' | 'save' | 'message' | 'error'
  readonly options: Readonly<Partial<Options>>
}

export const shownDialogs: ShownDialog[] = []
const answers: DialogAnswer[] = []

export function answerNextDialog(answer: DialogAnswer): void {
  answers.push(answer)
}

/** The options come last, after the window if there is one. */
function ask(
  kind: ShownDialog['kind'],
  args: Arguments,
  check: (options: Partial<Options>) => void,
): [Partial<Options>, DialogAnswer] {
  if (!isReady()) throw new Error('dialog module can only be used after app is ready')
  const options = (args.at(-1) ?? {}) as Partial<Options>
  check(options)
  shownDialogs.push({ kind, options })
  return [options, answers.shift() ?? {}]
}

function open(args: Arguments): Electron.OpenDialogReturnValue {
  const [, { filePaths = [] }] = ask('open', args, (options) => {
    if (options.properties !== undefined && !Array.isArray(options.properties)) {
      throw new TypeError('Properties must be an array')
    }
    checkTexts(options)
  })
  return { canceled: filePaths.length === 0, filePaths: [...filePaths] }
}

function save(args: Arguments): Electron.SaveDialogReturnValue {
  const [, { filePath = '' }] = ask('save', args, checkTexts)
  return { canceled: filePath === '', filePath }
}

function message(args: Arguments): Electron.MessageBoxReturnValue {
  const [options, answer] = ask('message', args, checkMessageBox)
  return {
    response: answer.response ?? cancelIdOf(options),
    checkboxChecked: answer.checkboxChecked ?? options.checkboxChecked ?? false,
  }
}

export const dialog = {
  showOpenDialog: (...args: Arguments) => Promise.resolve(open(args)),
  showOpenDialogSync(...args: Arguments) {
    const { canceled, filePaths } = open(args)
    return canceled ? undefined : filePaths
  },
  showSaveDialog: (...args: Arguments) => Promise.resolve(save(args)),
  showSaveDialogSync: (...args: Arguments) => save(args).filePath,
  showMessageBox: (...args: Arguments) => Promise.resolve(message(args)),
  showMessageBoxSync: (...args: Arguments) => message(args).response,

  /** The one that may be shown before `ready`. */
  showErrorBox(title: string, content: string) {
    shownDialogs.push({ kind: 'error', options: { title, message: content } })
  },
} satisfies Omit<Electron.Dialog, 'showCertificateTrustDialog'>
