/** Line drawings on a grid of 20. They are decoration: the control they sit in has the name. */
import type { ReactElement } from 'react'

const PATHS = {
  microphone:
    'M10 2.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V5A2.5 2.5 0 0 1 10 2.5M5 9.5a5 5 0 0 0 10 0M10 14.5v3',
  sliders: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  layers: 'M10 3l7 3.5-7 3.5-7-3.5zM3 10l7 3.5 7-3.5M3 13.5L10 17l7-3.5',
  gauge: 'M3.5 15a7.5 7.5 0 1 1 13 0M10 12l3.5-4.5',
  copy: 'M7 7h9v10H7zM13 7V3H4v10h3',
  play: 'M6 4l10 6-10 6z',
  pause: 'M7 4v12M13 4v12',
  again: 'M4 10a6 6 0 1 0 2-4.5M6 2v3.5h3.5',
  up: 'M10 16V4M5 9l5-5 5 5',
  down: 'M10 4v12M5 11l5 5 5-5',
  close: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.5l4 4 8-9',
  warning: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.3',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 9v5M10 6v.3',
  star: 'M10 3l2.2 4.6 5 .7-3.6 3.5.9 5L10 14.4 5.5 16.8l.9-5L2.8 8.3l5-.7z',
  bin: 'M4 6h12M8 6V4h4v2M5.5 6l1 11h7l1-11M8.5 9v5M11.5 9v5',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 6v4l3 2',
  shield: 'M10 2.5l6 2.5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5z',
  undo: 'M4 7.5h8a4 4 0 0 1 0 8H8M7.5 4L4 7.5 7.5 11',
} as const

/** The filled star is the same drawing. */
export type IconName = keyof typeof PATHS | 'starred'

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name === 'starred' ? 'star' : name]} />
    </svg>
  )
}
