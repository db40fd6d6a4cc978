import type { ShownText } from './dictation.ts'

/** Lines with a space between. */
export function joinShown(lines: readonly ShownText[]): ShownText {
  let length = 0
  const doubts = lines.flatMap((line) => {
    const moved = line.doubts.map(([from, to]): [number, number] => [length + from, length + to])
    length += line.text.length + 1
    return moved
  })
  return { text: lines.map(({ text }) => text).join(' '), doubts }
}
