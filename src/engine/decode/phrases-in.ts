/** Which phrases a text holds, whole words only, without regard to case and punctuation. */
import { comparable, type PhraseNode } from './phrase-trie.ts'

/** Each as it was given and as often as it occurs. @param start the place before the first word. */
export function phrasesIn(text: string, start: PhraseNode): string[] {
  const found: string[] = []
  let node = start
  for (const letter of `${comparable(text)} `) {
    if (node.endsWith(letter)) found.push(...node.complete)
    node = node.next(letter)
  }
  return found
}
