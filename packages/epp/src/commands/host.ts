import { isIP } from 'node:net'
import type { Availability } from '@droplock/rules/ports/registrar'
import type { HostInfo, UpdateHost } from '@droplock/rules/ports/registry-objects'
import { HOST_URI } from '../namespaces.ts'
import { type MadeHost, readHostInfo, readMadeHost } from '../responses/host.ts'
import { readChecked } from '../responses/response.ts'
import { leaf, leaves, wrap } from '../xml.ts'
import { type Command, command } from './command.ts'

/** One element for each address, with its IP version. Throws `RangeError` for a text that is no IP address. RFC 5732 §2.5. */
export function hostAddressesXml(element: string, addresses: readonly string[]): string {
  return addresses
    .map((address) => {
      const version = isIP(address)
      if (version === 0) throw new RangeError(`"${address}" is no IP address`)
      return leaf(element, address, { ip: version === 6 ? 'v6' : 'v4' })
    })
    .join('')
}

/** Asks which host names are free. Throws `RangeError` for an empty list. RFC 5732 §3.1.1. */
export function checkHosts(names: readonly string[]): Command<readonly Availability[]> {
  if (names.length === 0) throw new RangeError('a check needs at least one host')
  return command({
    name: 'host_check',
    objects: names,
    verb: wrap('check', wrap('host:check', leaves('host:name', names), { 'xmlns:host': HOST_URI })),
    read: (response) => readChecked(response, HOST_URI),
  })
}

/** Creates a host object. Throws `RangeError` for a text that is no IP address. RFC 5732 §3.2.1. */
export function createHost(name: string, addresses: readonly string[]): Command<MadeHost> {
  const inner = leaf('host:name', name) + hostAddressesXml('host:addr', addresses)
  return command({
    name: 'host_create',
    objects: [name],
    verb: wrap('create', wrap('host:create', inner, { 'xmlns:host': HOST_URI })),
    read: readMadeHost,
  })
}

/** Asks for a host's addresses and its sponsor. RFC 5732 §3.1.2. */
export function infoHost(name: string): Command<HostInfo> {
  return command({
    name: 'host_info',
    objects: [name],
    verb: wrap('info', wrap('host:info', leaf('host:name', name), { 'xmlns:host': HOST_URI })),
    read: readHostInfo,
  })
}

/** Changes the addresses of a host. Order: add, rem. Throws `RangeError` when there is nothing to change. RFC 5732 §3.2.5. */
export function updateHost({
  name,
  addAddresses,
  removeAddresses,
}: Omit<UpdateHost, 'clTRID'>): Command<undefined> {
  const added = hostAddressesXml('host:addr', addAddresses)
  const removed = hostAddressesXml('host:addr', removeAddresses)
  const changes = (added && wrap('host:add', added)) + (removed && wrap('host:rem', removed))
  if (changes === '') throw new RangeError(`nothing to change about ${name}`)
  return command({
    name: 'host_update',
    objects: [name],
    verb: wrap('update', wrap('host:update', leaf('host:name', name) + changes, { 'xmlns:host': HOST_URI })),
    read: () => undefined,
  })
}

/** Deletes a host. Registries refuse it while a name is delegated to it (2305). RFC 5732 §3.2.2. */
export function deleteHost(name: string): Command<undefined> {
  return command({
    name: 'host_delete',
    objects: [name],
    verb: wrap('delete', wrap('host:delete', leaf('host:name', name), { 'xmlns:host': HOST_URI })),
    read: () => undefined,
  })
}
