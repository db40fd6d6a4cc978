import { expect, it } from 'vitest'
import { usersOf } from '../../../../src/main/models/uses.ts'
import { BUILT_IN_MODEL } from '../../../../src/shared/models.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

const SETTINGS = { ...DEFAULT_SETTINGS, modelByLanguage: { de: 'german' }, otherModel: 'other' }

it('what uses a model is said in words', () => {
  expect(usersOf(BUILT_IN_MODEL, SETTINGS)).toEqual(['all dictations'])
  expect(usersOf('german', SETTINGS)).toEqual(['German'])
  expect(usersOf('other', SETTINGS)).toEqual(['the other talk key'])
  expect(usersOf('nobody', SETTINGS)).toEqual([])
})
