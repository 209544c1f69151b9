import { addYears } from '../clock.ts'
import { planAutoRenewal } from './auto-renew.ts'
import { changeRegistration } from './names.ts'
import type { NameRecord } from './records.ts'
import type { Registry } from './registry.ts'

/** As far ahead as a registration may last. As far back, so that a name is renewed few times to reach the present. */
const YEARS_MAX = 10

type ExpiryRefusal = 'name_not_found' | 'name_not_registered' | 'expiry_out_of_range'

/**
 * Moves the expiry of a registered name to `exDateMs`, as no client can. One that has passed takes effect at once: the name
 * is renewed until its expiry is ahead, where the registry renews by itself.
 */
export function changeExpiry(
  registry: Registry,
  name: string,
  exDateMs: number,
  nowMs: number,
): NameRecord | ExpiryRefusal {
  const record = registry.names.get(name)
  if (!record) return 'name_not_found'
  const { registration: held, stage } = record
  if (!held || stage === 'pending') return 'name_not_registered'
  if (exDateMs < addYears(nowMs, -YEARS_MAX) || exDateMs > addYears(nowMs, YEARS_MAX)) {
    return 'expiry_out_of_range'
  }
  planAutoRenewal(registry, name, changeRegistration(record, held, { exDateMs }), nowMs)
  return record
}
