import type { Settings } from '../../shared/settings.ts'

/** For the log: what the user wrote in stays out of it, only how much there is goes in. */
export function withoutWords(settings: Settings): Record<string, unknown> {
  const { microphones, vocabulary, replacements, modelMirror } = settings
  return {
    ...settings,
    microphones: microphones.length,
    vocabulary: vocabulary.length,
    replacements: replacements.length,
    // An address may hold a password.
    modelMirror: modelMirror === null ? null : 'set',
  }
}
