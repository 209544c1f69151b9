import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { authCodeSecretOf } from '@droplock/core/auth-codes/derive'
import { showAuthCode } from '@droplock/core/auth-codes/show'
import { keyringOf } from '@droplock/core/keys/keyring'
import { requestAuthCode, setNameServers } from '@droplock/core/registrations/request'
import { onServer } from '@droplock/core/testing/server'
import { infoDomain } from '@droplock/epp/commands/domain'
import { expect, test } from 'vitest'
import { endGently, killHard, spawnCatcher, spawnServed } from './support/process.ts'
import { connectRival, nameServersOf, registrationOf, settled } from './support/registrations.ts'
import { catchAll } from './support/renewals.ts'
import { AUTH_CODE_SECRET, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000
const secrets = keyringOf([AUTH_CODE_SECRET], authCodeSecretOf)
const servers = ['ns1.example.net', 'ns2.example.net']
const wanted = servers.map((name) => ({ name }))

/** Before the update is carried out; after it, with the answer stalled; after it, with the answer lost. */
const moments = [
  { kind: 'stall_before_commit', name: 'servers-1.test', isCode: false },
  { kind: 'stall_after_commit', name: 'code.test', isCode: true },
  { kind: 'cut_after_commit', name: 'servers-2.test', isCode: false },
] as const

async function isSent({ clone }: Testbed): Promise<boolean> {
  const sent = await clone.db
    .selectFrom('registry_request')
    .select('id')
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return sent !== undefined
}

async function readResults({ clone: { db } }: Testbed) {
  const succeeded = await db
    .selectFrom('registration_request')
    .select('id')
    .where('state', '=', 'succeeded')
    .orderBy('id')
    .execute()
  const reported = await db
    .selectFrom('event')
    .select('subject_id as id')
    .where('topic', '=', 'registration_request.succeeded')
    .orderBy('subject_id')
    .execute()
  return { succeeded, reported }
}

test('changes during which the catcher is killed are completed by its successor, and reported once', {
  timeout: MS_MAX,
}, async () => {
  const testbed = await startTestbed({ ownShare: 0, hosts: 'checked' })
  let catcher: ChildProcess = spawnCatcher(testbed)
  try {
    await catchAll(
      testbed,
      moments.map(({ name }) => name),
      4_000,
    )
    for (const { kind, name, isCode } of moments) {
      await testbed.post('faults', { kind, commands: ['update'], names: [name], count: 1 })
      const { id: registrationId } = await registrationOf(testbed, name)
      const request = isCode
        ? await requestAuthCode(testbed.buyer, registrationId, secrets)
        : await setNameServers(testbed.buyer, { registrationId, wanted })
      await waitUntil(`an update of ${name} has left`, () => isSent(testbed))
      await killHard(catcher)
      catcher = spawnCatcher(testbed)
      expect(await settled(testbed, request)).toMatchObject({ name, state: 'succeeded' })
      if (!isCode) expect(nameServersOf(testbed, name)).toEqual(servers)
    }
    const { succeeded, reported } = await readResults(testbed)
    expect(succeeded).toHaveLength(moments.length)
    expect(reported).toEqual(succeeded)
  } finally {
    catcher.kill('SIGKILL')
    await testbed.end()
  }
})

/** Every value of every table, as text. */
async function dumpOf({ clone }: Testbed): Promise<string> {
  const parts: string[] = []
  await onServer(clone.url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select (t.*)::text as row from ${name} as t`)
      parts.push(...rows.map(({ row }) => row))
    }
  })
  return parts.join('\n')
}

function filesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

test('an auth code is in no table, no event, no log and no file of the catcher, before and after it is shown', {
  timeout: MS_MAX,
}, async () => {
  const testbed = await startTestbed({ ownShare: 0 })
  const catcher = await spawnServed(testbed, { DROPLOCK_LOG_LEVEL: 'trace' })
  try {
    await catchAll(testbed, ['secret.test'], 4_000)
    const { id } = await registrationOf(testbed, 'secret.test')
    const request = await requestAuthCode(testbed.buyer, id, secrets)
    await settled(testbed, request)
    const before = await dumpOf(testbed)
    const { salt } = await testbed.clone.db.selectFrom('auth_code').select('salt').executeTakeFirstOrThrow()
    expect(before).toContain(salt?.toString('hex'))
    const { authCode } = await showAuthCode(testbed.buyer, request.id, secrets)
    const after = await dumpOf(testbed)
    const rival = await connectRival(testbed)
    expect(await rival.send(infoDomain('secret.test', authCode), 'rival-1')).toMatchObject({ code: 1000 })
    await rival.close()
    const logs = JSON.stringify(catcher.events)
    expect(logs).toContain('registration_request.settled')
    for (const text of [before, after, logs, filesBelow(testbed.folder)]) expect(text).not.toContain(authCode)
    // What it was derived from is gone too.
    expect(after).not.toContain(salt?.toString('hex'))
  } finally {
    await endGently(catcher.child)
    await testbed.end()
  }
})
