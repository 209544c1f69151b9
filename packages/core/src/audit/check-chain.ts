import { requirePermission, type StaffContext } from '../context.ts'
import { type AuditVerification, verifyAuditChain } from './verify.ts'

/** The chain as `verifyAuditChain` finds it now, for a person. Throws Refusal('forbidden'). */
export async function checkAuditChain(ctx: StaffContext): Promise<AuditVerification> {
  requirePermission(ctx, 'audit:read')
  return verifyAuditChain(ctx.db)
}
