import type { RenewDomain, Renewed } from '@droplock/rules/ports/registry-objects'
import { DOMAIN_URI } from '../namespaces.ts'
import { readRenewed } from '../responses/domain-renewed.ts'
import { requireFee } from '../session/dialect.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** A registration is for at most ten years everywhere (RFC 5731 §2.10 leaves it to policy; 99 is what the schema holds). */
const YEARS_MAX = 10

/** Renews. `curExpDate` is a date without time or zone. Throws `RangeError`. RFC 5731 §3.2.3. */
export function renewDomain({
  name,
  currentExDate,
  years,
  feeCap,
}: Omit<RenewDomain, 'clTRID'>): Command<Renewed> {
  if (!Number.isInteger(years) || years < 1 || years > YEARS_MAX)
    throw new RangeError(`a renewal is for 1 to ${YEARS_MAX} years, not ${years}`)
  const parts = [
    leaf('domain:name', name),
    leaf('domain:curExpDate', currentExDate.toISOString().slice(0, 10)),
    leaf('domain:period', years, { unit: 'y' }),
  ]
  return command({
    name: 'renew',
    objects: [name],
    verb: wrap('renew', wrap('domain:renew', parts.join(''), { 'xmlns:domain': DOMAIN_URI })),
    extension: (dialect) => (feeCap ? requireFee(dialect).accept('renew', feeCap) : ''),
    read: readRenewed,
  })
}
