/** What a model is used for, in words for people. Pure. */
import type { ModelName } from '../../shared/models.ts'
import type { Settings } from '../../shared/settings.ts'

type Asked = Pick<Settings, 'model' | 'modelByLanguage' | 'otherModel'>

export function usersOf(name: ModelName, settings: Asked): string[] {
  const users: string[] = []
  if (settings.model === name) users.push('all dictations')
  for (const [language, model] of Object.entries(settings.modelByLanguage))
    if (model === name) users.push(nameOf(language))
  if (settings.otherModel === name) users.push('the other talk key')
  return users
}

function nameOf(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
}
