import { type AuditVerification, verifyAuditChain } from '../audit/verify.ts'
import type { Context } from '../context.ts'
import { clearAlarms, raiseAlarms } from './raise.ts'

const alarm = { kind: 'audit_chain_broken', subject: 'audit' } as const

/** Breaks that the alarm names; the others are counted. */
const BREAKS_NAMED_MAX = 10

/** Verifies the whole chain. A break is an alarm for as long as it is found. */
export async function checkAuditChain(ctx: Context): Promise<AuditVerification> {
  const found = await verifyAuditChain(ctx.db)
  if (found.breaksTotal === 0) {
    await clearAlarms(ctx, [alarm])
    return found
  }
  const first = found.breaks.slice(0, BREAKS_NAMED_MAX).map(({ seq, fault }) => `${seq} ${fault}`)
  await raiseAlarms(ctx, [{ ...alarm, facts: { breaks: found.breaksTotal, first: first.join(', ') } }])
  return found
}
