import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findBadLicences, findLoosePins } from '../../src/check/find-bad-dependencies.ts'
import { repositoryRoot } from '../../src/paths.ts'

const of = (license: string, name = 'a') => ({ name, license })

test.each([
  ['MIT', 'shipped', true],
  ['(MPL-2.0 OR Apache-2.0)', 'shipped', true],
  ['MIT AND OFL-1.1', 'shipped', true],
  ['GPL-3.0-only', 'shipped', false],
  ['AGPL-3.0-or-later', 'developed with', false],
  ['MIT AND GPL-2.0', 'shipped', false],
  ['MPL-2.0', 'shipped', false],
  ['MPL-2.0', 'developed with', true],
  ['Unknown', 'developed with', false],
  ['SEE LICENSE IN LICENSE.md', 'shipped', false],
])('a package under %s that is %s: %s', (license, use, isAllowed) => {
  const bad = findBadLicences(use === 'shipped' ? [of(license)] : [], [of(license)])
  expect(bad).toEqual(isAllowed ? [] : [`a: ${license}`])
})

test('a dependency is pinned to one version', () => {
  const dependencies = {
    a: '1.2.3',
    b: '18.4.0-beta.17',
    c: 'workspace:*',
    d: 'npm:typescript@6.0.3',
    e: '^1.2.3',
    f: 'latest',
    g: '1.x',
    h: 'https://elsewhere.test/h.tgz',
    i: 'npm:other@~1.0.0',
  }
  expect(findLoosePins([{ path: 'p', dependencies }])).toEqual([
    'p: e ^1.2.3',
    'p: f latest',
    'p: g 1.x',
    'p: h https://elsewhere.test/h.tgz',
    'p: i npm:other@~1.0.0',
  ])
})

const advisory = (severity: string) => ({
  id: 1,
  module_name: 'a',
  severity,
  title: 'reads too much',
  url: 'https://advisories.test/1',
  vulnerable_versions: '<2',
  patched_versions: '>=2',
  findings: [{ version: '1.0.0', paths: ['.>a'] }],
})

/** What the command says of packages whose registry answers so. */
async function vulnerabilitiesBy(
  status: number,
  advisories: object,
): Promise<{ code: unknown; said: string }> {
  const server = createServer((request, response) => {
    request.resume()
    const metadata = {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0 },
      dependencies: 1,
    }
    const body = JSON.stringify({ actions: [], advisories, muted: [], metadata })
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(status === 200 ? body : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: '0',
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(repositoryRoot, 'infra/src/vulnerabilities.ts')],
      { env },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : error.code, said: (out + err).replaceAll(/\s+/g, ' ') }),
    )
  })
}

test.each([
  ['nothing', 200, {}, 0, /^vulnerabilities: 0 high or critical, 0 others/],
  ['a moderate one', 200, { 1: advisory('moderate') }, 0, /^vulnerabilities: 0 high or critical, 1 others/],
  ['a high one', 200, { 1: advisory('high') }, 1, /1 high or critical.*a: high: reads too much/],
  ['a critical one', 200, { 1: advisory('critical') }, 1, /1 high or critical.*a: critical/],
  ['no report', 405, {}, 3, /^vulnerabilities: not run: .*405/],
])(
  'where the registry knows of %s, the check of vulnerabilities says so',
  async (_, status, advisories, code, said) => {
    expect(await vulnerabilitiesBy(status, advisories)).toEqual({ code, said: expect.stringMatching(said) })
  },
)
