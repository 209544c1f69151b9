import { isIP } from 'node:net'
import { leaf } from '../xml/write.ts'

/** One element for each address, which says its kind. Throws `RangeError` on what is no IP address. RFC 5732 §2.5. */
export function hostAddressesXml(element: string, addresses: readonly string[]): string {
  return addresses
    .map((address) => {
      const version = isIP(address)
      if (version === 0) throw new RangeError(`"${address}" is no IP address`)
      return leaf(element, address, { ip: version === 6 ? 'v6' : 'v4' })
    })
    .join('')
}
