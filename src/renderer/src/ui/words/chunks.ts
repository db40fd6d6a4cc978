/** Long texts in pieces of which only the last one changes while it grows. Pure. */

/** Big enough that hours of speech are few pieces, small enough that drawing one is nothing. */
const LINES_PER_CHUNK = 64

/** Joined by a space each, the chunks are the lines joined by a space each. */
export function chunksOf(lines: readonly string[]): readonly string[] {
  const chunks: string[] = []
  for (let from = 0; from < lines.length; from += LINES_PER_CHUNK)
    chunks.push(lines.slice(from, from + LINES_PER_CHUNK).join(' '))
  return chunks
}
