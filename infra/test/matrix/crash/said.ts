/** Why something failed, in words. */
export function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
