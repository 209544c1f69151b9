import { HOST_URI } from '../namespaces.ts'
import { type MadeHost, readMadeHost } from '../responses/host-created.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'
import { hostAddressesXml } from './host-addresses.ts'

/** Makes a host object. Throws `RangeError` on what is no IP address. RFC 5732 §3.2.1. */
export function createHost(name: string, addresses: readonly string[]): Command<MadeHost> {
  const inner = leaf('host:name', name) + hostAddressesXml('host:addr', addresses)
  return command({
    name: 'host_create',
    objects: [name],
    verb: wrap('create', wrap('host:create', inner, { 'xmlns:host': HOST_URI })),
    read: readMadeHost,
  })
}
