import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followMain } from '../state/app-store.ts'
import { Overlay } from './overlay.tsx'
import '../ui/styles/tokens.css'
import './overlay.css'

const root = document.getElementById('root')
if (root === null) throw new Error('overlay.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Overlay />
  </StrictMode>,
)
// Without main's state there is nothing to show, and nowhere to say so: the pill stays empty.
void followMain(window.steno)
