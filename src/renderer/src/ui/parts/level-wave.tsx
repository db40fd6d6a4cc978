/**
 * The level of the microphone. It follows the store by itself: the meter changes twenty times a second, and nothing
 * else is to be drawn again for that.
 */
import { useEffect, useRef, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { steadyBars, waveBars } from '../words/bars.ts'

interface LevelWaveProps {
  readonly bars: number
  /** Still and flat when nobody listens. */
  readonly live: boolean
}

export function LevelWave({ bars, live }: LevelWaveProps): ReactElement {
  const wave = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const steady = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const levels: number[] = []
    const draw = (heights: readonly number[]): void => {
      const elements = wave.current?.children ?? []
      for (const [index, bar] of [...elements].entries())
        if (bar instanceof HTMLElement) bar.style.height = `${100 * (heights[index] ?? 0)}%`
    }
    draw(waveBars([], bars))
    if (!live) return undefined
    return useAppStore.subscribe(({ meter }, before) => {
      if (meter === before.meter) return
      levels.push(meter.level)
      if (levels.length > bars) levels.shift()
      draw(steady ? steadyBars(meter.level, bars) : waveBars(levels, bars))
    })
  }, [bars, live])
  return (
    <div className="wave" ref={wave} data-live={live} aria-hidden="true">
      {Array.from({ length: bars }, (_, bar) => (
        <i key={bar} />
      ))}
    </div>
  )
}
