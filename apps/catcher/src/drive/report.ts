import { equals, formatMoney } from '@droplock/rules/money'
import type { Issue, Observation } from '../plan/observe.ts'
import type { Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'
import type { Exchange } from './send.ts'

/** Reports an issue as a log line and an alarm, and clears the alarms that a success shows to be solved. */
export function report(leased: LeasedAccount, exchange: Exchange): void {
  const { observed } = exchange
  if (observed.issue !== undefined) raise(leased, observed.target, observed.issue, exchange)
  if (observed.decision?.outcome === 'registered') clearMended(leased, observed.target)
}

/** Whether the issue concerns the whole account, so that its other names would have it too. */
export function stopsAccount({ issue }: Observation): boolean {
  return issue?.kind === 'deposit_empty' || issue?.kind === 'our_fault'
}

function raise(leased: LeasedAccount, target: Target, issue: Issue, { code, message }: Exchange): void {
  const { name, zone, fee } = target
  const facts = { name, zone, code, message }
  leased.log.error({ event: 'account.alarm', alarm: issue.kind, ...facts })
  switch (issue.kind) {
    case 'deposit_empty':
      return leased.alarms.raise({ kind: 'deposit_empty', subject: leased.account.id, facts })
    case 'fee_stale': {
      const fees = {
        registryFee: formatMoney(issue.quoted),
        ourFee: fee === null ? null : formatMoney(fee.cap),
      }
      return leased.alarms.raise({ kind: 'fee_stale', subject: zone, facts: { name, zone, ...fees } })
    }
    case 'our_fault':
    case 'create_incomplete': {
      // After a fee check, the create's answer is the one to report.
      const { createRetry } = target
      const refused = { ...facts, code: createRetry?.code ?? code, message: createRetry?.message ?? message }
      return leased.alarms.raise({ kind: 'create_incomplete', subject: leased.account.id, facts: refused })
    }
  }
}

/** The alarm about a stale fee stays while we send a lower fee than configured. */
function clearMended({ account, alarms }: LeasedAccount, { zone, fee }: Target): void {
  alarms.clear({ kind: 'deposit_empty', subject: account.id })
  alarms.clear({ kind: 'create_incomplete', subject: account.id })
  if (fee !== null && equals(fee.cap, fee.agreed)) alarms.clear({ kind: 'fee_stale', subject: zone })
}
