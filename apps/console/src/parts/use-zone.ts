/** The operator's own time zone, as the browser tells it. */
export function useZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
