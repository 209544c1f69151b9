import { verifyAuditChain } from '@droplock/core/audit/verify'
import type { Admin, Program } from './admin.ts'

export function addAuditVerbs(program: Program, admin: Admin): void {
  const audit = program.command('audit').description('the log of all changes')
  audit
    .command('verify')
    .description(
      'recomputes the chain of the log; exits with 1 where an entry was changed, removed or cut off',
    )
    .action(async () => {
      const { entries, breaks, breaksTotal } = await verifyAuditChain(admin.ctx().db)
      const [first] = breaks
      admin.print({
        entries,
        breaks: breaksTotal,
        first_break_at: first?.seq ?? null,
        first_fault: first?.fault ?? null,
      })
      if (breaksTotal > 0) admin.fail()
    })
}
