import type { DueChange } from '@droplock/core/registry-requests/claim-due'
import { recordSending } from '@droplock/core/registry-requests/record'
import type { DomainInfo } from '@droplock/rules/ports/registrar'
import type { NameServer } from '@droplock/rules/ports/registry-objects'
import { type ChangeVerdict, interpretChange } from '@droplock/rules/registrations/change'
import { changeOfNameServers, type NameServerChange } from '@droplock/rules/registrations/name-servers'
import { failChange, postponeChange, queryHeld, refuseChange, settleUpdate, succeedChange } from './change.ts'
import { guard, heldContext, requireHeld, type Serving } from './serving.ts'

/**
 * Sets the name servers of a registration: asks for what it has, creates the hosts that are missing, and sends one update with the
 * difference. Each try begins with `info`, so a command that was carried out without an answer is not repeated. RFC 5731 §3.2.5.
 */
export async function serveNameServers(on: Serving, request: DueChange): Promise<void> {
  const held = await queryHeld(on, request)
  if (held.kind === 'not_held') return failChange(on, request, 'not_held')
  if (held.kind === 'undecided') return postponeChange(on, request, held)
  const wanted = request.wanted ?? []
  const hosts = on.account.nameServers === 'objects' ? await prepareHosts(on, wanted) : DONE
  if (hosts.kind === 'refused') return refuseChange(on, request, hosts, { code: hosts.code, svTRID: null })
  // Hosts are created again where it is not known, which changes nothing.
  if (hosts.kind !== 'done') return postponeChange(on, request, { kind: 'undecided', reason: hosts.reason })
  const change = changeOfNameServers(held.info.nameServers ?? [], wanted, on.account.nameServers)
  if (change === undefined) return succeedChange(on, request, held.info)
  return update(on, request, change)
}

async function update(on: Serving, request: DueChange, { add, remove }: NameServerChange): Promise<void> {
  const { id, name } = request
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const order = { name, clTRID, add: { nameServers: add }, remove: { nameServers: remove } }
  const answer = await on.pool.update(order, guard(on))
  const left = (info: DomainInfo) =>
    changeOfNameServers(info.nameServers ?? [], request.wanted ?? [], on.account.nameServers)
  return settleUpdate(on, request, answer, (info) => left(info) === undefined)
}

const DONE = { kind: 'done' } as const

/** Creates the hosts that are missing, and gives those that have addresses exactly these. RFC 5732. */
async function prepareHosts(on: Serving, wanted: readonly NameServer[]): Promise<ChangeVerdict> {
  requireHeld(on)
  const checked = await on.pool.hosts.check(
    wanted.map(({ name }) => name),
    on.newClTRID(),
  )
  const verdict = interpretChange(checked)
  if (verdict.kind !== 'done') return verdict
  const free = new Set(
    (checked.kind === 'answered' ? (checked.data ?? []) : [])
      .filter(({ available }) => available)
      .map(({ name }) => name.toLowerCase()),
  )
  for (const server of wanted) {
    const prepared = free.has(server.name) ? await createHost(on, server) : await alignHost(on, server)
    if (prepared.kind !== 'done') return prepared
  }
  return DONE
}

async function createHost(on: Serving, { name, addresses = [] }: NameServer): Promise<ChangeVerdict> {
  const answer = await on.pool.hosts.create({ name, addresses, clTRID: on.newClTRID() }, guard(on))
  const verdict = interpretChange(answer)
  // Somebody has created it meanwhile, perhaps we by an earlier command.
  return verdict.kind === 'refused' && verdict.code === 2302 ? DONE : verdict
}

/** A host below the name has the addresses that were requested. Others exist, and that is enough. */
async function alignHost(on: Serving, { name, addresses }: NameServer): Promise<ChangeVerdict> {
  if (addresses === undefined) return DONE
  requireHeld(on)
  const answer = await on.pool.hosts.info(name, on.newClTRID())
  const verdict = interpretChange(answer)
  if (verdict.kind !== 'done' || answer.kind !== 'answered') return verdict
  const has = answer.data?.addresses ?? []
  const addAddresses = addresses.filter((address) => !has.includes(address))
  const removeAddresses = has.filter((address) => !addresses.includes(address))
  if (addAddresses.length === 0 && removeAddresses.length === 0) return DONE
  const order = { name, addAddresses, removeAddresses, clTRID: on.newClTRID() }
  return interpretChange(await on.pool.hosts.update(order, guard(on)))
}
