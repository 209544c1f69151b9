import { asService } from '@droplock/core/context'
import { defineRegistry } from '@droplock/core/registries/define'
import type { RegistryProfileId } from '@droplock/rules/registries'
import type { RegistryOptions } from '../../../registry-sim/src/registry/settings.ts'
import { COMMANDS_PER_SECOND_MAX, PASSWORD, SESSIONS_MAX, type Testbed } from './testbed.ts'

/** Our second account at the simulated registry. */
export const SECOND = { id: 'sim/second', clid: 'droplock-2' } as const

/** The registrars of a registry at which we have two accounts of equal limits, and the two rivals. */
export const twoAccounts: NonNullable<RegistryOptions['accounts']> = [
  'droplock',
  SECOND.clid,
  'rival-a',
  'rival-b',
].map((clid) => ({ clid, password: PASSWORD }))

type SecondTerms = {
  readonly profile?: RegistryProfileId
  readonly sessionsMax?: number
  readonly transitMsMax?: number
}

/** Adds the second account, as an operator does. */
export async function addSecondAccount(
  { buyer, registry }: Testbed,
  commandsPerSecondMax = COMMANDS_PER_SECOND_MAX,
  { profile = 'generic', sessionsMax = SESSIONS_MAX, ...rest }: SecondTerms = {},
): Promise<void> {
  const { host, port, dropPort } = registry
  await defineRegistry(asService(buyer), {
    id: 'sim',
    profile,
    zones: [],
    accounts: [
      {
        ...SECOND,
        hosts: [{ host, port }],
        ...(dropPort !== undefined && { dropHosts: [{ host, port: dropPort }] }),
        isSimulator: true,
        limits: { sessionsMax, commandsPerSecondMax, ...rest },
      },
    ],
  })
}
