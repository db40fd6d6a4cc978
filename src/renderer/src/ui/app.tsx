/** The frame of the window: where one is, what there is to know, and the page. */
import { useEffect, type ReactElement } from 'react'
import { useAppStore } from '../state/app-store.ts'
import { Announcer } from './announcer.tsx'
import { DictatePage } from './dictate/dictate-page.tsx'
import { HistoryPage } from './history/history-page.tsx'
import { InsidePage } from './inside/inside-page.tsx'
import { ModelsPage } from './models/models-page.tsx'
import { Notices } from './notices.tsx'
import { PAGES, usePage, type Page } from './pages.ts'
import { Icon, type IconName } from './parts/icons.tsx'
import { PrivacyPage } from './privacy/privacy-page.tsx'
import { SettingsPage } from './settings/settings-page.tsx'

interface Tab {
  readonly name: string
  readonly icon: IconName
  readonly View: () => ReactElement
}

const TABS: Readonly<Record<Page, Tab>> = {
  dictate: { name: 'Dictate', icon: 'microphone', View: DictatePage },
  history: { name: 'History', icon: 'clock', View: HistoryPage },
  models: { name: 'Models', icon: 'layers', View: ModelsPage },
  settings: { name: 'Settings', icon: 'sliders', View: SettingsPage },
  privacy: { name: 'Privacy', icon: 'shield', View: PrivacyPage },
  inside: { name: 'Inside', icon: 'gauge', View: InsidePage },
}

export function App(): ReactElement {
  const page = usePage()
  const { View } = TABS[page]
  const theme = useAppStore((state) => state.settings.theme)
  const kind = useAppStore((state) => state.dictation.kind)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    document.title = `${TABS[page].name} – Steno`
  }, [page])
  return (
    <div className="app">
      <header className="top">
        <nav aria-label="Pages">
          {PAGES.map((name) => (
            <a key={name} href={`#${name}`} aria-current={name === page ? 'page' : undefined}>
              <Icon name={TABS[name].icon} />
              {TABS[name].name}
            </a>
          ))}
        </nav>
        <ModelName />
      </header>
      <Notices />
      {/* By its key each page is a new one, which begins at its top however far the one before was scrolled. */}
      <main key={page} data-state={kind} data-page={page} tabIndex={-1}>
        <View />
      </main>
      <Announcer />
    </div>
  )
}

function ModelName(): ReactElement {
  const model = useAppStore((state) => state.model)
  switch (model.state) {
    case 'loading':
      return <p className="model">Loading the model …</p>
    case 'ready':
      return <p className="model">Model {model.name}</p>
    case 'failed':
      return <p className="model">No model</p>
  }
}
