import { isIP } from 'node:net'
import type { Address } from '../../../registry/records.ts'
import { type Element, token } from '../../read-xml.ts'
import { EppFault } from '../../result-codes.ts'

/** An IP address of a host (RFC 5732 §2.5). Throws `EppFault` 2005 for what is none of its kind. */
export function readAddress(element: Element): Address {
  const ip = element.attributes.get('ip') ?? 'v4'
  if (ip !== 'v4' && ip !== 'v6') throw new EppFault(2001, 'An address is v4 or v6')
  const text = token(element)
  if (isIP(text) !== (ip === 'v4' ? 4 : 6)) throw new EppFault(2005, 'Not an IP address')
  return { ip, text }
}
