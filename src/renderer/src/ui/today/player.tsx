/** Plays the sound of one dictation; owns its audio element, which ends with it. */
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { recordingPath, type DictationId } from '../../../../shared/dictation.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { duration } from '../words/format.ts'

interface PlayerProps {
  readonly id: DictationId
  readonly seconds: number
  /** Of the dictation, for those who cannot see where it is. */
  readonly name: string
  /** Seconds into the sound, with every frame of the screen while it runs. */
  readonly onTime?: (seconds: number) => void
}

export function Player({ id, seconds, name, onTime }: PlayerProps): ReactElement {
  const audio = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(0)
  const [running, setRunning] = useState(false)
  const [broken, setBroken] = useState(false)
  const told = useRef(onTime)
  told.current = onTime
  useEffect(() => {
    if (!running) return undefined
    let frame = requestAnimationFrame(function tick() {
      told.current?.(audio.current?.currentTime ?? 0)
      frame = requestAnimationFrame(tick)
    })
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [running])
  if (broken) return <p className="row-note">The sound could not be played.</p>
  return (
    <div className="player">
      <audio
        ref={audio}
        src={recordingPath(id)}
        autoPlay
        onPlay={() => {
          setRunning(true)
        }}
        onPause={() => {
          setRunning(false)
        }}
        onTimeUpdate={({ currentTarget }) => {
          setAt(currentTarget.currentTime)
        }}
        onError={() => {
          setBroken(true)
        }}
      />
      <IconButton
        icon={running ? 'pause' : 'play'}
        name={running ? `Pause ${name}` : `Go on with ${name}`}
        onPress={() => {
          if (running) audio.current?.pause()
          else void audio.current?.play()
        }}
      />
      <input
        type="range"
        aria-label={`Position in ${name}`}
        aria-valuetext={`${duration(at)} of ${duration(seconds)}`}
        min={0}
        max={seconds}
        step="any"
        value={Math.min(at, seconds)}
        onChange={({ currentTarget }) => {
          if (audio.current !== null) audio.current.currentTime = Number(currentTarget.value)
        }}
      />
      <span className="player-time">{duration(at)}</span>
    </div>
  )
}
