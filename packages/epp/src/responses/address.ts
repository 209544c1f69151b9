import { tokenOf } from '../xml.ts'

/** An IP address in its one form: IPv6 by RFC 5952, so that addresses can be compared. What is no address stays as it is. */
export function readAddress(text: string): string {
  const address = tokenOf(text)
  if (!address.includes(':')) return address
  return URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address
}
