import { requirePermission, type StaffContext } from '../context.ts'
import { type Invariants, readInvariants } from './read.ts'

/** What `readInvariants` finds, for a person. Throws Refusal('forbidden'). */
export async function proveInvariants(ctx: StaffContext): Promise<Invariants> {
  requirePermission(ctx, 'invariants:prove')
  return readInvariants(ctx)
}
