/** By the first that a browser's name for itself contains: each also names those after it. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['MicroMessenger', 'WeChat'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A browser and its system in words that people know, as far as it says them: `Firefox, Windows`. */
export function agentOf(userAgent: string | null): string | undefined {
  const find = (known: typeof browsers | typeof systems) =>
    known.find(([mark]) => userAgent?.includes(mark) === true)?.[1]
  const parts = [find(browsers), find(systems)].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}
