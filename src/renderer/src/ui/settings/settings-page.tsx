import type { ReactElement } from 'react'
import { KeySettings } from './key-settings.tsx'
import { Microphones } from './microphones.tsx'
import { OutputSettings } from './output-settings.tsx'
import { RecognitionSettings } from './recognition-settings.tsx'
import { TalkSettings } from './talk-settings.tsx'
import { TextSettings } from './text-settings.tsx'

export function SettingsPage(): ReactElement {
  return (
    <div className="page">
      <h1>Settings</h1>
      <TalkSettings />
      <KeySettings />
      <Microphones />
      <RecognitionSettings />
      <TextSettings />
      <OutputSettings />
    </div>
  )
}
