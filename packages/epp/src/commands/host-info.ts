import type { HostInfo } from '@droplock/rules/ports/registry-objects'
import { HOST_URI } from '../namespaces.ts'
import { readHostInfo } from '../responses/host-info.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks for a host's addresses and who sponsors it. RFC 5732 §3.1.2. */
export function infoHost(name: string): Command<HostInfo> {
  return command({
    name: 'host_info',
    objects: [name],
    verb: wrap('info', wrap('host:info', leaf('host:name', name), { 'xmlns:host': HOST_URI })),
    read: readHostInfo,
  })
}
