import { isIP } from 'node:net'
import { Refusal } from '@droplock/rules/refusals'
import {
  type AccountTerms,
  type RegistryHost,
  type RegistryProfileId,
  requireUsableAccount,
} from '@droplock/rules/registries'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { limitRow } from './read.ts'

/**
 * Our account at a registry, with the limits of its contract, which take precedence over the profile. The password and the key of a
 * client certificate are in the catcher's configuration, never here.
 */
export type RegistryAccount = AccountTerms & {
  readonly clid: string
  readonly isSimulator: boolean
  /** Our IP address that the registry accepts; left out, the system chooses. */
  readonly sourceAddress?: string
  /** The name of a certificate among the catcher's credentials, where the registry requires one. */
  readonly clientCertificate?: string
}

/** Creates or updates the account; what is left out is as in the profile. Throws Refusal('registry_account_invalid'). */
export async function putAccount(
  tx: Transaction<Database>,
  registryId: string,
  profile: RegistryProfileId,
  account: RegistryAccount,
): Promise<void> {
  requireUsableAccount(profile, account)
  requireAddress(account)
  const values = {
    registry_id: registryId,
    clid: account.clid,
    is_simulator: account.isSimulator,
    source_address: account.sourceAddress ?? null,
    client_certificate: account.clientCertificate ?? null,
    ...limitRow(account.limits ?? {}),
  }
  await tx
    .insertInto('registry_account')
    .values({ id: account.id, ...values })
    .onConflict((on) => on.column('id').doUpdateSet(values))
    .execute()
  await tx.deleteFrom('registry_host').where('registry_account_id', '=', account.id).execute()
  const rows = [
    ...rowsOf(account.id, 'everyday', account.hosts),
    ...rowsOf(account.id, 'drop', account.dropHosts ?? []),
  ]
  await tx.insertInto('registry_host').values(rows).execute()
}

/** What can be edited of an account in the console. Its hosts cannot: they get the password. */
export type EditableAccount = Pick<RegistryAccount, 'id' | 'limits' | 'sourceAddress' | 'clientCertificate'>

/** Changes an account; what is left out is as in the profile, or none. Throws Refusal('registry_account_invalid'). */
export async function editAccount(tx: Transaction<Database>, account: EditableAccount): Promise<void> {
  requireAddress(account)
  await tx
    .updateTable('registry_account')
    .set({
      source_address: account.sourceAddress ?? null,
      client_certificate: account.clientCertificate ?? null,
      ...limitRow(account.limits ?? {}),
    })
    .where('id', '=', account.id)
    .execute()
}

function rowsOf(accountId: string, phase: 'everyday' | 'drop', hosts: readonly RegistryHost[]) {
  return hosts.map(({ host, port, serverName = null }, position) => ({
    registry_account_id: accountId,
    phase,
    position,
    host,
    port,
    server_name: serverName,
  }))
}

function requireAddress({ id, sourceAddress }: EditableAccount): void {
  if (sourceAddress === undefined || isIP(sourceAddress) !== 0) return
  throw new Refusal('registry_account_invalid', `Registry account ${id}: ${sourceAddress} is no IP address.`)
}
