import { expect, test } from 'vitest'
import * as say from '../../../packages/epp/test/support/answers.ts'
import { startRegistry, TEST_CA } from '../../../packages/epp/test/support/registry.ts'
import { startCatcher } from './support/drive.ts'
import { isOpen, openAlarms } from './support/outcomes.ts'
import { ACCOUNT, startTestbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** Long: when a lease ends by itself on a busy machine, its catcher logs in again. */
const lease = { leaseMs: 10_000, renewEveryMs: 1_000, marginMs: 1_000 }

test('a registry that ends our sessions for good (2501) ends the lease: no further login or create, and an alarm', async () => {
  const testbed = await startTestbed()
  const registry = await startRegistry((command, peer) => {
    if (command.verb !== 'info') return undefined
    peer.reply(say.result(2501, command.clTRID))
    peer.end()
    return 'handled'
  })
  const { db } = testbed.clone
  await db.updateTable('registry_account').set({ sessions_max: 1 }).execute()
  await db.updateTable('registry_host').set({ host: 'localhost', port: registry.port }).execute()
  const trusting = { ...testbed, registry: { ...testbed.registry, ca: TEST_CA } }
  const stopCatcher = startCatcher(trusting, undefined, undefined, { lease })
  try {
    await waitUntil('it has logged in', async () => registry.arrivals.length > 0)
    await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 4_000)
    await waitUntil('the alarm is raised', isOpen(testbed, 'login_refused'))
    expect(await openAlarms(testbed)).toEqual([`login_refused ${ACCOUNT}`])
    const { drop_from } = await db.selectFrom('catch_target').select('drop_from').executeTakeFirstOrThrow()
    await waitUntil('the window is over', async () => drop_from.getTime() + 1_000 < Date.now())
    expect(await db.selectFrom('catch_target').select('state').execute()).toEqual([{ state: 'armed' }])
    expect(await db.selectFrom('registry_account').select('lease_owner').execute()).toEqual([
      { lease_owner: null },
    ])
    expect(registry.arrivals.filter(({ verb }) => verb === 'login')).toHaveLength(1)
  } finally {
    await stopCatcher()
    await registry.stop()
    await testbed.end()
  }
})
