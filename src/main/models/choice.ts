/** Which model the settings ask for, and what each is used for. Pure. */
import type { ModelName } from '../../shared/models.ts'
import type { Settings } from '../../shared/settings.ts'

type Asked = Pick<Settings, 'model' | 'modelByLanguage' | 'language' | 'otherModel' | 'otherTalkKey'>

/** Of the dictations that begin with any key but the other one. */
export function chosenModel({ model, modelByLanguage, language }: Asked): ModelName {
  return (language === null ? undefined : modelByLanguage[language]) ?? model
}

/** In words for people. */
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
