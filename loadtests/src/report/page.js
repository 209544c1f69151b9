// Draws the plots of the page. `uPlot` is in the page before this.
const plots = JSON.parse(document.getElementById('plots').textContent)
// Told apart on light and on dark, also by most who see colours differently.
const colours = ['#3b82f6', '#e6842a', '#10a37f', '#d6455d', '#8b6be8', '#a0761c', '#d457b8', '#5f7d95']
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

const optionsOf = (plot, width) => {
  const isTime = plot.axis === 'time'
  const onX = isTime ? time : (share) => `${share} %`
  return {
    width,
    height,
    cursor: isTime ? { sync: { key: sync.key } } : {},
    scales: { x: { time: false }, y: isWide(plot) ? { distr: 4, asinh: 1 } : { range: [0, null] } },
    axes: [
      axis({ values: (_, splits) => splits.map(onX) }),
      axis({
        size: 66,
        values: (_, splits) => splits.map((value) => (value == null ? '' : `${number(value)} ${plot.unit}`)),
      }),
    ],
    series: [
      { label: isTime ? 'time' : 'share', value: (_, value) => (value == null ? '–' : onX(value)) },
      ...plot.lines.map(({ label }, index) => ({
        label,
        stroke: colours[index % colours.length],
        width: 1.75,
        dash: index < colours.length ? undefined : [6, 4],
        points: { show: plot.xs.length < 3 },
        spanGaps: plot.lines[index].values.filter((value) => value !== null).length < plot.xs.length / 2,
        value: (_, value) => (value == null ? '–' : `${number(value)} ${plot.unit}`),
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
