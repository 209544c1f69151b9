import { equals, formatMoney } from '@droplock/rules/money/money'
import type { Lesson, Trouble } from '../plan/learn.ts'
import type { Target } from '../plan/target.ts'
import type { Fight } from './hold.ts'
import type { Learned } from './send.ts'

/** Says what people have to mend, as a line and an alarm, and takes back what a success shows to be mended. */
export function report(on: Fight, learned: Learned): void {
  const { lesson } = learned
  if (lesson.trouble !== undefined) raise(on, lesson.target, lesson.trouble, learned)
  if (lesson.decision?.outcome === 'registered') clearMended(on, lesson.target)
}

/** Trouble of the whole account: its other names would meet the same. */
export function stopsAccount({ trouble }: Lesson): boolean {
  return trouble?.kind === 'deposit_empty' || trouble?.kind === 'our_fault'
}

function raise(on: Fight, target: Target, trouble: Trouble, { code, message }: Learned): void {
  const { name, zone, fee } = target
  const facts = { name, zone, code, message }
  on.log.error({ event: 'account.alarm', alarm: trouble.kind, ...facts })
  switch (trouble.kind) {
    case 'deposit_empty':
      return on.alarms.raise({ kind: 'deposit_empty', subject: on.account.id, facts })
    case 'fee_stale': {
      const fees = {
        registryFee: formatMoney(trouble.quoted),
        ourFee: fee === null ? null : formatMoney(fee.cap),
      }
      return on.alarms.raise({ kind: 'fee_stale', subject: zone, facts: { name, zone, ...fees } })
    }
    case 'our_fault':
    case 'create_incomplete': {
      // After a fee check its own answer says nothing of the create.
      const { lack } = target
      const refused = { ...facts, code: lack?.code ?? code, message: lack?.message ?? message }
      return on.alarms.raise({ kind: 'create_incomplete', subject: on.account.id, facts: refused })
    }
  }
}

/** A fee that we had to lower is still to be set right. */
function clearMended({ account, alarms }: Fight, { zone, fee }: Target): void {
  alarms.clear({ kind: 'deposit_empty', subject: account.id })
  alarms.clear({ kind: 'create_incomplete', subject: account.id })
  if (fee !== null && equals(fee.cap, fee.agreed)) alarms.clear({ kind: 'fee_stale', subject: zone })
}
