import type { RegistryHost } from '@droplock/rules/registries/require-usable-account'
import { SecondAccount } from '@droplock/rules/registries/second-account'
import type { Context } from '../context.ts'
import { limitsOf } from './limit-columns.ts'

/**
 * A registry account as its rows say: the registry's profile, its contract's own limits, and where it answers, with the clIDs of
 * all our accounts at that registry. Throws when there is no such account, and SecondAccount where the registry has another one of
 * ours.
 */
export async function getRegistryAccount({ db }: Pick<Context, 'db'>, id: string) {
  const account = await db
    .selectFrom('registry_account')
    .innerJoin('registry', 'registry.id', 'registry_account.registry_id')
    .selectAll('registry_account')
    .select('registry.profile')
    .where('registry_account.id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`no registry account ${id}`))
  // One after the other: `db` may be a transaction, which has one connection.
  const clids = await db
    .selectFrom('registry_account')
    .select('clid')
    .where('registry_id', '=', account.registry_id)
    .execute()
  if (clids.length > 1) throw new SecondAccount(account.registry_id)
  const hosts = await db
    .selectFrom('registry_host')
    .selectAll()
    .where('registry_account_id', '=', id)
    .orderBy('position')
    .execute()
  const hostsFor = (wanted: string) => hosts.filter(({ phase }) => phase === wanted).map(hostOf)
  return {
    id,
    registryId: account.registry_id,
    profile: account.profile,
    clid: account.clid,
    isSimulator: account.is_simulator,
    ourClids: new Set(clids.map(({ clid }) => clid)),
    limits: limitsOf(account),
    hosts: hostsFor('everyday'),
    dropHosts: hostsFor('drop'),
    sourceAddress: account.source_address,
    clientCertificate: account.client_certificate,
  }
}

export type RegistryAccountRow = Awaited<ReturnType<typeof getRegistryAccount>>

type HostRow = { readonly host: string; readonly port: number; readonly server_name: string | null }

function hostOf({ host, port, server_name }: HostRow): RegistryHost {
  return server_name === null ? { host, port } : { host, port, serverName: server_name }
}
