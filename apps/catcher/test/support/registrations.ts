import { getRegistration } from '@droplock/core/registrations/read'
import {
  getRegistrationRequest,
  type RegistrationRequestView,
} from '@droplock/core/registrations/read-requests'
import { connectRegistrar } from '@droplock/epp/connect'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { createLogger } from '@droplock/observability/logger'
import { createAlarms } from '../../src/drive/alarms.ts'
import type { Serving } from '../../src/requests/serving.ts'
import { createTargetStore } from '../../src/targets/store.ts'
import { hurry } from './renewals.ts'
import { ACCOUNT, PASSWORD, type Testbed } from './testbed.ts'
import { waitUntil } from './wait-until.ts'

/** Our registration of a name. */
export async function registrationOf({ buyer, clone }: Testbed, name: string) {
  const { id } = await clone.db
    .selectFrom('registration')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return getRegistration(buyer, id)
}

/** Waits until a request is decided, with every request due at once. */
export async function settled(
  testbed: Testbed,
  { id }: Pick<RegistrationRequestView, 'id'>,
): Promise<RegistrationRequestView> {
  const read = () => getRegistrationRequest(testbed.buyer, id)
  await waitUntil(`request ${id} is decided`, async () => {
    const { state } = await read()
    if (state === 'succeeded' || state === 'failed') return true
    // The end of an auth code, which is requested with its beginning, is not hurried.
    await hurry(testbed, ['registration_change', 'contact_create'])
    return false
  })
  return read()
}

/** What the registry holds of our name. */
export function heldOf(testbed: Testbed, name: string) {
  const truth = testbed.simulator.truth('sim').find((each) => each.name === name)
  return truth?.winner
}

/** The name servers of our name at the registry, with the addresses of those that are attributes. */
export function nameServersOf(testbed: Testbed, name: string): readonly string[] {
  const servers = heldOf(testbed, name)?.nameServers ?? []
  return servers
    .map((server) => [server.name, ...server.addresses.map((address) => address.text)].join(' '))
    .toSorted()
}

/** Another registrar, with an EPP client of its own. */
export async function connectRival(
  { registry: { host, port, ca } }: Testbed,
  clID = 'rival-a',
): Promise<RegistrarPool> {
  return connectRegistrar({
    endpoint: { host, port, ca },
    credentials: { clID, password: PASSWORD },
    limits: { sessionsMax: 1, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  })
}

/** What serving requests needs, without a catcher: name servers are attributes of the domain there. */
export function servingWith(testbed: Testbed, pool: RegistrarPool): Serving {
  const lease = {
    lease: { accountId: ACCOUNT, owner: 'a test', epoch: 0n },
    maySend: () => true,
    lost: new AbortController().signal,
    renewed: async () => undefined,
    reserve: async () => undefined,
    release: async () => undefined,
  }
  let commands = 0
  return {
    ctx: testbed.catcher,
    log: createLogger({ app: 'catcher', level: 'silent', pretty: false }),
    account: { id: ACCOUNT, clid: 'droplock', commandsPerSecondMax: 40, nameServers: 'attributes' },
    store: createTargetStore(),
    pool,
    lease,
    alarms: createAlarms(() => performance.now()),
    registryNowMs: () => Date.now(),
    newClTRID: () => `DL-serving-${(commands += 1)}`,
    newAuthInfo: () => 'a-Test-Secret-1',
    authCodes: undefined,
  }
}
