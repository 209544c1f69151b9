/** `1950` → `19.5`. */
export function percentText(basisPoints: number): string {
  return String(basisPoints / 100)
}

/** Basis points of a share as a person types it, `19.5` or `19,5`; `undefined` where it is none from 0 to 100, or too fine. */
export function basisPointsOf(typed: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? []
  if (whole === undefined) return undefined
  const basisPoints = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return basisPoints <= 10_000 ? basisPoints : undefined
}
