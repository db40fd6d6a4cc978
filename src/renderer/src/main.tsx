import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Dictaphone } from './capture/dictaphone.ts'
import { followMain } from './state/app-store.ts'
import { App } from './ui/app.tsx'
import './ui/style.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
followMain(window.steno)
createRoot(root).render(
  <StrictMode>
    <App dictaphone={new Dictaphone(window.steno)} />
  </StrictMode>,
)
