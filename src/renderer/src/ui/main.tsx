import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followMain } from '../state/app-store.ts'
import { ask } from '../state/faults.ts'
import { App } from './app.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/dictate.css'
import './styles/today.css'
import './styles/history.css'
import './styles/settings.css'
import './styles/inside.css'
import './styles/models.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
void ask(() => followMain(window.steno))
