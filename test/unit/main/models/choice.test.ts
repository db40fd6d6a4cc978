import { expect, it } from 'vitest'
import { chosenModel, usersOf } from '../../../../src/main/models/choice.ts'
import { BUILT_IN_MODEL } from '../../../../src/shared/models.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

const SETTINGS = { ...DEFAULT_SETTINGS, modelByLanguage: { de: 'german' }, otherModel: 'other' }

it('a language with a model of its own is read by that, any other by the model of all dictations', () => {
  expect(chosenModel({ ...SETTINGS, language: 'de' })).toBe('german')
  expect(chosenModel({ ...SETTINGS, language: 'fr' })).toBe(BUILT_IN_MODEL)
  expect(chosenModel({ ...SETTINGS, language: null })).toBe(BUILT_IN_MODEL)
})

it('what uses a model is said in words', () => {
  expect(usersOf(BUILT_IN_MODEL, SETTINGS)).toEqual(['all dictations'])
  expect(usersOf('german', SETTINGS)).toEqual(['German'])
  expect(usersOf('other', SETTINGS)).toEqual(['the other talk key'])
  expect(usersOf('nobody', SETTINGS)).toEqual([])
})
