import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { salvage, SETTINGS_FIELDS, settingsPatch } from '../../../../src/main/settings/schema.ts'
import { DEFAULT_SETTINGS } from '../../../../src/shared/settings.ts'

describe('the settings’ schema', () => {
  it('accepts its own defaults, and has a rule for each of them', () => {
    expect(salvage(DEFAULT_SETTINGS)).toEqual({ settings: DEFAULT_SETTINGS, broken: [], unknown: {} })
    expect(Object.keys(SETTINGS_FIELDS).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort())
  })

  it('keeps every good field beside a broken one, and what it does not know', () => {
    const { settings, broken, unknown } = salvage({
      sounds: false,
      talkMode: 'shout',
      handsFreeSilenceMs: 3,
      talkKey: [],
      future: { a: 1 },
    })
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, sounds: false })
    expect(broken).toEqual(['talkMode', 'handsFreeSilenceMs', 'talkKey'])
    expect(unknown).toEqual({ future: { a: 1 } })
  })

  it.each([null, 7, 'x', [], [1], undefined])('gives the defaults for %j', (value) => {
    expect(salvage(value)).toMatchObject({ settings: DEFAULT_SETTINGS, broken: ['everything'] })
  })

  it('refuses any other patch of a page', () => {
    const patches: readonly unknown[] = [
      { talkKey: ['Control', 'Shift', 'Alt', 'Meta', 'KeyA'] },
      { talkKey: ['<script>'] },
      { talkKey: [7] },
      { microphones: [{ id: 'x' }] },
      { microphones: [{ id: 'x', label: 'y', more: 1 }] },
      { microphones: Array.from({ length: 21 }, () => ({ id: 'x', label: 'y' })) },
      { theme: 'sepia' },
      { language: 'German' },
      { vocabulary: ['Steno', ' '] },
      { vocabulary: ['x'.repeat(81)] },
      { vocabulary: Array.from({ length: 501 }, () => 'x') },
      { spokenMarks: 'on' },
      { replacements: [{ from: ' ', to: 'x' }] },
      { replacements: [{ from: 'x' }] },
      { replacements: [{ from: 'x', to: 'y', when: 'z' }] },
      { replacements: [{ from: 'x', to: 'y'.repeat(2_001) }] },
      { model: '../elsewhere' },
      { model: 'Whisper' },
      { modelByLanguage: { German: 'whisper-base' } },
      { modelByLanguage: { de: '' } },
      { modelMirror: 'file:///etc' },
      { modelMirror: 'https://models.example.org/' },
      { sounds: 'yes' },
      { autoStopSilenceMs: Infinity },
      { nonsense: 1 },
      { toString: 1 },
      [],
      null,
      'sounds',
    ]
    for (const patch of patches)
      expect([patch, v.safeParse(settingsPatch, patch).success]).toEqual([patch, false])
  })

  it('takes a patch of good fields', () => {
    const patch = {
      talkKey: ['F9'],
      autoStopSilenceMs: null,
      microphones: [{ id: 'a', label: 'b' }],
      language: 'yue',
      vocabulary: ['Steno', 'hop size'],
      replacements: [{ from: 'my address', to: 'Hill Street 5\nLeeds' }],
      rawKey: null,
    }
    expect(v.parse(settingsPatch, patch)).toEqual(patch)
  })
})
