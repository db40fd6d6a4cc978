/** The sound, and its words lit as they are said. */
import { useEffect, useState, type ReactElement } from 'react'
import type { HistoryRow, SpokenWords } from '../../../../shared/history.ts'
import { ask } from '../../state/faults.ts'
import { Player } from '../today/player.tsx'
import { wordAt } from '../words/history.ts'

interface ReplayProps {
  readonly row: HistoryRow
  readonly name: string
}

export function Replay({ row, name }: ReplayProps): ReactElement {
  const { id, seconds, raw } = row
  const [words, setWords] = useState<SpokenWords>([])
  const [lit, setLit] = useState(-1)
  useEffect(() => {
    void ask(() => window.steno.wordsOf(id)).then((known) => {
      setWords(known ?? [])
    })
  }, [id])
  return (
    <>
      <p className="row-text replay" lang="">
        {words.length === 0
          ? raw
          : words.map(({ text }, index) => (
              <span key={index}>
                <span className="said" data-lit={index === lit} data-over={index < lit}>
                  {text}
                </span>{' '}
              </span>
            ))}
      </p>
      <Player
        id={id}
        seconds={seconds}
        name={name}
        onTime={(at) => {
          setLit(wordAt(words, at))
        }}
      />
    </>
  )
}
