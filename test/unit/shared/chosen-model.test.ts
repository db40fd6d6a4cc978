import { expect, it } from 'vitest'
import { chosenModel } from '../../../src/shared/chosen-model.ts'
import { BUILT_IN_MODEL } from '../../../src/shared/models.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'

it('a language with a model of its own is read by that, any other by the model of all dictations', () => {
  const settings = { ...DEFAULT_SETTINGS, modelByLanguage: { de: 'german' } }
  expect(chosenModel({ ...settings, language: 'de' })).toBe('german')
  expect(chosenModel({ ...settings, language: 'fr' })).toBe(BUILT_IN_MODEL)
  expect(chosenModel({ ...settings, language: null })).toBe(BUILT_IN_MODEL)
})
