/** Seconds of each unit, the largest first. */
export const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** `26 h`, `1 h 30 min`, `0 s`, `-5 min`: a length of time without rounding; up to two days in hours, as operators write it. */
export function secondsText(seconds: number): string {
  if (seconds === 0) return '0 s'
  const parts: string[] = []
  let rest = Math.abs(Math.round(seconds))
  for (const [unit, size] of units) {
    if (unit === 'd' && rest <= 172_800) continue
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * size
  }
  return `${seconds < 0 ? '-' : ''}${parts.join(' ')}`
}

const sizes: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, min: 60, m: 60, s: 1, '': 1 }

/** Seconds of `26 h`, `1h 30min`, `90` or `-5 min`; `undefined` for other text. */
export function secondsOf(typed: string): number | undefined {
  const text = typed.trim().toLowerCase()
  const isNegative = text.startsWith('-')
  let seconds = 0
  const rest = text
    .slice(isNegative ? 1 : 0)
    .replaceAll(/(\d+)\s*(min|d|h|m|s)?/g, (_part, count, unit = '') => {
      seconds += Number(count) * (sizes[unit] ?? 1)
      return ''
    })
  if (rest.trim() !== '' || !/\d/.test(text)) return undefined
  return isNegative ? -seconds : seconds
}
