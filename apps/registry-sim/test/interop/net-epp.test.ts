import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { sharedData } from '../support/shared-data.ts'
import { startTestbed } from '../support/testbed.ts'

const SCRIPT = fileURLToPath(new URL('net-epp.pl', import.meta.url))
const isInstalled = spawnSync('perl', ['-MNet::EPP::Simple', '-e', '1']).status === 0
const isRequired = process.env['CI'] === 'true'
const title = isInstalled
  ? 'Net::EPP'
  : 'Net::EPP (SKIPPED: the Debian package libnet-epp-perl is not installed)'

/** What the script wrote; also when it ended with 1. */
async function runScript(args: readonly string[]): Promise<string> {
  const run = promisify(execFile)
  try {
    const { stdout } = await run('perl', [SCRIPT, ...args], { timeout: 50_000 })
    return stdout
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) + error.message : String(error)
  }
}

test('where CI requires it, libnet-epp-perl is installed', () => {
  expect({ isRequired, isInstalled }).not.toEqual({ isRequired: true, isInstalled: false })
})

test.skipIf(!isInstalled).each([
  ['a registry of the usual kind', {}],
  ['strict-like', { profile: 'strict-like' }],
] as const)(
  `${title} logs in over TLS, checks, creates, renews, updates and polls at %s, and understands every answer`,
  async (_, options) => {
    const more = { schemasFolder: sharedData('xsd') }
    const testbed = await startTestbed(
      { contacts: 'checked', hosts: 'checked', rivals: [], ...options },
      more,
    )
    const folder = await mkdtemp(join(tmpdir(), 'sim-net-epp-'))
    try {
      const { host, port, ca } = testbed.registry
      await writeFile(join(folder, 'ca.pem'), ca)
      await testbed.post('messages', { clid: 'droplock', text: 'Maintenance on Sunday' })
      const caFile = join(folder, 'ca.pem')
      const said = await runScript([host, String(port), caFile, 'droplock', 'sim-secret-1', 'perlowa.pl'])
      expect(said.trimEnd().split('\n')).toEqual([
        'login 1000',
        'check 1000',
        'create contact 1000',
        'info contact 1000',
        'create 1000',
        'create host 1000',
        'info 1000',
        'check again 1000',
        'renew 1000',
        'update 1000',
        'poll none',
        'ack none',
        'poll again none',
        'logout 1500',
      ])
      const crossed = Object.entries(await testbed.violations()).filter(([, count]) => count > 0)
      expect(crossed).toEqual([])
    } finally {
      await testbed.stop()
      await rm(folder, { recursive: true })
    }
  },
)
