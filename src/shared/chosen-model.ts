/** Which model the settings ask for. Pure. */
import type { ModelName } from './models.ts'
import type { Settings } from './settings.ts'

/** Of the dictations that begin with any key but the other one. */
export function chosenModel({
  model,
  modelByLanguage,
  language,
}: Pick<Settings, 'model' | 'modelByLanguage' | 'language'>): ModelName {
  return (language === null ? undefined : modelByLanguage[language]) ?? model
}
