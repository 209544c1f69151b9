import { DOMAIN_URI } from '../namespaces.ts'
import { escapeXml } from '../xml/write.ts'
import { commandDocument } from './document.ts'

/** Asks which names can be created now. Throws `RangeError` without a name. RFC 5731 §3.1.1. */
export function domainCheckXml(names: readonly string[], clTRID: string): string {
  if (names.length === 0) throw new RangeError('a check needs at least one name')
  const listed = names.map((name) => `<domain:name>${escapeXml(name)}</domain:name>`).join('')
  return commandDocument(
    `<check><domain:check xmlns:domain="${DOMAIN_URI}">${listed}</domain:check></check>`,
    clTRID,
  )
}
