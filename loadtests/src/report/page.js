// Draws the plots of the page. `uPlot` is in the page before this.
const plots = JSON.parse(document.getElementById('plots').textContent)
// Told apart on light and on dark, also by most who see colours differently.
const colours = [
  '#3b82f6',
  '#e6842a',
  '#10a37f',
  '#d6455d',
  '#8b6be8',
  '#a0761c',
  '#d457b8',
  '#5f7d95',
  '#1fa2c4',
  '#7a9a01',
]
const height = 230
const sync = uPlot.sync('time')

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const time = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
const number = (value) =>
  value == null ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })

/** Values that are far apart are drawn on a logarithmic axis, where small ones are seen too. */
const isWide = ({ lines, unit }) => {
  const values = lines.flatMap((line) => line.values).filter((value) => value > 0)
  if (unit !== 'ms' || values.length === 0) return false
  values.sort((a, b) => a - b)
  return values.at(-1) > 30 * values[Math.floor(values.length / 2)]
}

const axis = (more) => ({
  stroke: style('--quiet'),
  grid: { stroke: style('--line'), width: 1 },
  ticks: { stroke: style('--line'), width: 1 },
  font: '12px system-ui, sans-serif',
  ...more,
})

/** The marks of a logarithmic axis that has a zero. */
const powers = (_chart, _axis, _min, max) => [
  0,
  ...[1, 10, 100, 1_000, 10_000, 100_000].filter((mark) => mark <= max),
]

/** Zero is at the bottom. */
const fromZero = (_chart, _min, max) => [0, max > 0 ? 1.08 * max : 1]

/** Distances between the marks of the time axis. Seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]

const optionsOf = (plot, width) => {
  const isTime = plot.axis === 'time'
  const onX = isTime ? time : (share) => `${share} %`
  const withUnit = (value) => (value == null ? '–' : `${number(value)} ${plot.unit}`)
  return {
    width,
    height,
    cursor: isTime ? { sync: { key: sync.key } } : {},
    legend: { markers: { width: 0, fill: (chart, index) => chart.series[index].stroke() } },
    scales: { x: { time: false }, y: { range: fromZero, ...(isWide(plot) && { distr: 4, asinh: 1 }) } },
    axes: [
      axis({ incrs: isTime ? timeSteps : undefined, values: (_, splits) => splits.map(onX) }),
      axis({
        size: 52,
        splits: isWide(plot) ? powers : undefined,
        values: (_, splits) => splits.map((value) => (value == null ? '' : number(value))),
      }),
    ],
    series: [
      { label: isTime ? 'time' : 'share', value: (_, value) => (value == null ? '–' : onX(value)) },
      ...plot.lines.map(({ label, values }, index) => ({
        label,
        stroke: colours[index % colours.length],
        width: 1.75,
        dash: index < colours.length ? undefined : [6, 4],
        points: { show: values.filter((value) => value !== null).length < 3 },
        spanGaps: true,
        value: (_, value) => withUnit(value),
      })),
    ],
  }
}

const draw = () => {
  for (const place of document.querySelectorAll('[data-plot]')) {
    const plot = plots[Number(place.dataset.plot)]
    const data = [plot.xs, ...plot.lines.map(({ values }) => values)]
    const { root } = new uPlot(optionsOf(plot, place.clientWidth), data)
    place.replaceChildren(root)
  }
}
draw()
addEventListener('resize', draw)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
