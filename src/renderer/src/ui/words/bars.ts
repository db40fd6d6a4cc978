/** The level of the microphone as bars. Pure. */

/** A bar that is not spoken into is still to be seen, as a dot. */
const LEAST = 0.08

/** Levels of the past, newest last → heights of `count` bars, 0 to 1, newest at the right. */
export function waveBars(levels: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, bar) => height(levels[levels.length - count + bar] ?? 0))
}

/** For people who do not want things to move: the bars stand still, as many of them tall as the level says. */
export function steadyBars(level: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, bar) => (bar < level * count ? 0.5 : LEAST))
}

/** Noise stays low, speech stands out. */
function height(level: number): number {
  return Math.max(LEAST, Math.min(1, level) ** 1.5)
}
