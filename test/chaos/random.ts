/** Uniform numbers in [0, 1) from a seed, so that a failing run can be had again (Numerical Recipes' LCG). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
