import type { CreateDomain } from '@droplock/rules/ports/registrar'
import { encodeFrame } from '../framing/frame.ts'
import { DOMAIN_URI } from '../namespaces.ts'
import { escapeXml } from '../xml/write.ts'
import { checkedClTRID, commandHalves } from './document.ts'

/** What is ordered, without the transaction's id: all that is known before the drop. */
export type CreateTerms = Omit<CreateDomain, 'clTRID'>

/** A create that is encoded but for its clTRID. */
export type PreparedCreate = {
  readonly name: string
  /** Never to be written to a log: answers that quote it are redacted by this. */
  readonly authInfo: string
  /** The frame to send. Throws `RangeError` on an id that is no clTRID. */
  frame(clTRID: string): Buffer
}

/**
 * Encodes a create before the instant. Order: name, period, registrant, authInfo (which RFC 5731 §3.2.1 makes mandatory).
 * Throws `RangeError` on text that XML can't hold.
 */
export function prepareCreate(terms: CreateTerms): PreparedCreate {
  const registrant =
    terms.registrant === undefined
      ? ''
      : `<domain:registrant>${escapeXml(terms.registrant)}</domain:registrant>`
  const halves = commandHalves(
    `<create><domain:create xmlns:domain="${DOMAIN_URI}"><domain:name>${escapeXml(terms.name)}</domain:name>` +
      `<domain:period unit="y">${terms.years}</domain:period>${registrant}` +
      `<domain:authInfo><domain:pw>${escapeXml(terms.authInfo)}</domain:pw></domain:authInfo>` +
      '</domain:create></create>',
  )
  const [before, after] = halves.map((half) => Buffer.from(half, 'utf8'))
  return {
    name: terms.name,
    authInfo: terms.authInfo,
    frame: (clTRID) => encodeFrame(before ?? '', checkedClTRID(clTRID), after ?? ''),
  }
}
