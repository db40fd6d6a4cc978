import type { ReactElement } from 'react'
import { labelOf } from '../../../../shared/key-conflicts.ts'
import type { Chord } from '../../../../shared/keys.ts'
import type { Phrase } from '../words/phrase.ts'
import { PLATFORM } from './platform.ts'

export function Keys({ chord }: { readonly chord: Chord }): ReactElement {
  return <kbd>{labelOf(chord, PLATFORM)}</kbd>
}

/** A sentence with key caps in it. */
export function PhraseView({ phrase }: { readonly phrase: Phrase }): ReactElement {
  return (
    <>
      {phrase.map((part, index) =>
        typeof part === 'string' ? part : <Keys key={index} chord={part.keys} />,
      )}
    </>
  )
}
