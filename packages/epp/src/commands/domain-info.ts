import { DOMAIN_URI } from '../namespaces.ts'
import { escapeXml } from '../xml/write.ts'
import { commandDocument } from './document.ts'

/** Asks who holds a name. `hosts="none"`: subordinate hosts decide nothing here and only make answers long. RFC 5731 §3.1.2. */
export function domainInfoXml(name: string, clTRID: string): string {
  return commandDocument(
    `<info><domain:info xmlns:domain="${DOMAIN_URI}"><domain:name hosts="none">${escapeXml(name)}</domain:name>` +
      '</domain:info></info>',
    clTRID,
  )
}
