/** A line chart as an SVG that reads in light and in dark pages. */

export interface Series {
  readonly name: string
  /** In the order of x. */
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Chart {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly series: readonly Series[]
}

const [WIDTH, HEIGHT] = [640, 300]
const MARGIN = { top: 34, right: 20, bottom: 46, left: 60 }
/** Told apart without colour, too. */
const STROKES = ['', '6 4', '2 3', '10 3 2 3']
/** Chosen for contrast on both grounds. */
const COLOURS = ['#2f7dd1', '#c4631a', '#3c8f4e', '#9a55b8']

export function svgOf({ title, x, y, series }: Chart): string {
  const all = series.flatMap(({ points }) => points)
  const [toX, toY] = [
    ticks(Math.max(...all.map(([value]) => value))),
    ticks(Math.max(...all.map(([, value]) => value))),
  ]
  const place = (value: number, scale: readonly number[], from: number, to: number): number =>
    from + ((to - from) * value) / (scale.at(-1) ?? 1)
  const px = (value: number): number => place(value, toX, MARGIN.left, WIDTH - MARGIN.right)
  const py = (value: number): number => place(value, toY, HEIGHT - MARGIN.bottom, MARGIN.top)
  const parts = [
    ...toX.map((tick) => text(px(tick), HEIGHT - MARGIN.bottom + 16, String(tick), 'middle')),
    ...toY.map(
      (tick) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${n(py(tick))}" y2="${n(py(tick))}"/>` +
        text(MARGIN.left - 8, py(tick) + 4, String(tick), 'end'),
    ),
    text(WIDTH / 2, HEIGHT - 8, x, 'middle'),
    text(MARGIN.left - 44, MARGIN.top - 16, y, 'start'),
    ...series.map(({ points }, index) => {
      const path = points.map(([a, b], at) => `${at === 0 ? 'M' : 'L'}${n(px(a))} ${n(py(b))}`).join('')
      return `<path fill="none" stroke="${COLOURS[index % COLOURS.length] ?? ''}" stroke-width="2" stroke-dasharray="${STROKES[index % STROKES.length] ?? ''}" d="${path}"/>`
    }),
    ...series.map(({ name }, index) => {
      const at = MARGIN.left + 90 + index * 190
      return (
        `<line stroke="${COLOURS[index % COLOURS.length] ?? ''}" stroke-width="2" stroke-dasharray="${STROKES[index % STROKES.length] ?? ''}" x1="${at}" x2="${at + 28}" y1="14" y2="14"/>` +
        text(at + 34, 18, name, 'start')
      )
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${escaped(title)}</title>
<style>text{font:12px system-ui,sans-serif;fill:#555}.grid{stroke:#8884;stroke-width:1}@media(prefers-color-scheme:dark){text{fill:#bbb}}</style>
${parts.join('\n')}
</svg>
`
}

/** From 0 to at least `most` in four to ten round steps. */
function ticks(most: number): readonly number[] {
  const rough = Math.max(most, 1e-9) / 5
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10)
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  )
}

function text(x: number, y: number, words: string, anchor: string): string {
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}">${escaped(words)}</text>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function n(value: number): string {
  return value.toFixed(1)
}
