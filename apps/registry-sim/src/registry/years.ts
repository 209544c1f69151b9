/** The same day and time `years` later, or earlier if negative; 29 February becomes 1 March where there is none. */
export function addYears(fromMs: number, years: number): number {
  const date = new Date(fromMs)
  return date.setUTCFullYear(date.getUTCFullYear() + years)
}
