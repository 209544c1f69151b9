import type { StaffContext } from '../context.ts'

/** Ends the caller's session; at once, whatever its expiry. */
export async function signOut(ctx: StaffContext): Promise<void> {
  throw new Error(`not built yet ${String(ctx)}`)
}
