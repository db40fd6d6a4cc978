import { StenoError } from '../../shared/errors.ts'

/** A language is asked for that the model in the folder was not trained on. */
export function unknownLanguage(folder: string, language: string): StenoError {
  return new StenoError(
    'model-unsupported',
    `The model does not know the language “${language}”: ${folder}`,
    {
      file: folder,
      hint: 'Choose another language, or a model that knows this one.',
    },
  )
}
