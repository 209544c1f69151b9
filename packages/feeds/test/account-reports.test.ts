import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { money } from '@droplock/rules/money'
import type { ReportLine } from '@droplock/rules/ports/account-report'
import { expect, onTestFinished, test } from 'vitest'
import { openAccountReport } from '../src/account-reports/open-account-report.ts'
import { NoAccountReport, readAccountReport } from '../src/account-reports/read-account-report.ts'
import { collect } from './support.ts'

const HEADER = 'AT,ACCOUNT,OPERATION,NAME,YEARS,DEBIT,CREDIT,CURRENCY,SVTRID\n'
const GOOD = '2026-11-24T12:00:00.000Z,droplock,create,one.pl,1,8.00,,USD,SV-1\n'

async function read(text: string, account?: string): Promise<readonly ReportLine[]> {
  const octets = (async function* () {
    // In pieces, so that a line is cut in the middle.
    for (let at = 0; at < text.length; at += 7) yield new TextEncoder().encode(text.slice(at, at + 7))
  })()
  return collect(readAccountReport(octets, account))
}

test('debits are positive, credits negative, and columns are found by name', async () => {
  const credit = '2026-11-24T12:00:01Z,droplock,delete_in_add_period,two.pl,1,,7.50,EUR,\n'
  const [debit, back] = await read(HEADER + GOOD + credit)
  expect(debit).toEqual({
    kind: 'entry',
    entry: {
      line: 2,
      at: new Date('2026-11-24T12:00:00Z'),
      operation: 'create',
      name: 'one.pl',
      years: 1,
      amount: money(800n, 'USD'),
      svTRID: 'SV-1',
    },
  })
  expect(back).toMatchObject({ entry: { amount: money(-750n, 'EUR'), svTRID: undefined } })
  const moved = 'SVTRID,NAME,YEARS,DEBIT,CREDIT,CURRENCY,OPERATION,AT,ACCOUNT,NOTE\r\n'
  const line = 'SV-1,ONE.PL,1,"8.00",,USD,create,2026-11-24T12:00:00Z,droplock,"a, b"\r\n'
  expect(await read(`\uFEFF${moved}${line}`)).toMatchObject([{ entry: { name: 'one.pl', svTRID: 'SV-1' } }])
})

test('an automatic renewal and its credit keep the words of the registry', async () => {
  const charged = '2027-11-24T12:00:00.000Z,droplock,autorenew,one.pl,1,8.00,,USD,SV-2\n'
  const credited = '2027-12-24T12:00:00.000Z,droplock,delete_in_auto_renew_period,one.pl,1,,8.00,USD,SV-3\n'
  expect(await read(HEADER + charged + credited)).toMatchObject([
    { entry: { operation: 'autorenew', amount: money(800n, 'USD'), svTRID: 'SV-2' } },
    { entry: { operation: 'delete_in_auto_renew_period', amount: money(-800n, 'USD'), svTRID: 'SV-3' } },
  ])
})

test.each([
  ['a stray quote', '2026-11-24T12:00:00Z,droplock,create,"one.pl,1,8.00,,USD,SV-1'],
  ['too few fields', '2026-11-24T12:00:00Z,droplock'],
  ['a day that does not exist', '2026-02-30T12:00:00Z,droplock,create,one.pl,1,8.00,,USD,SV-1'],
  ['no amount', '2026-11-24T12:00:00Z,droplock,create,one.pl,1,,,USD,SV-1'],
  ['two amounts', '2026-11-24T12:00:00Z,droplock,create,one.pl,1,8.00,8.00,USD,SV-1'],
  ['an amount in words', '2026-11-24T12:00:00Z,droplock,create,one.pl,1,eight,,USD,SV-1'],
  ['more decimals than the currency has', '2026-11-24T12:00:00Z,droplock,create,one.pl,1,8.001,,USD,SV-1'],
  ['an unknown currency', '2026-11-24T12:00:00Z,droplock,create,one.pl,1,8.00,,dollars,SV-1'],
  ['years that are not a number', '2026-11-24T12:00:00Z,droplock,create,one.pl,some,8.00,,USD,SV-1'],
  ['no name', '2026-11-24T12:00:00Z,droplock,create,,1,8.00,,USD,SV-1'],
  ['endless text', 'x'.repeat(10_000)],
])('%s makes its line unreadable, and no other', async (_what, bad) => {
  const lines = await read(`${HEADER}${GOOD}${bad}\n${GOOD}`)
  expect(lines.map(({ kind }) => kind)).toEqual(['entry', 'unreadable', 'entry'])
  expect(lines[1]).toMatchObject({ line: 3, text: bad.slice(0, 200) })
})

test('lines of other accounts are skipped where an account is given', async () => {
  const other = GOOD.replace('droplock', 'rival')
  expect(await read(HEADER + other + GOOD, 'droplock')).toHaveLength(1)
  expect(await read(HEADER + other + GOOD)).toHaveLength(2)
})

test('a file that is not an account report is refused', async () => {
  await expect(read('')).rejects.toThrow(NoAccountReport)
  await expect(read('<html>\nsorry</html>')).rejects.toThrow(NoAccountReport)
})

const text =
  'AT,ACCOUNT,OPERATION,NAME,YEARS,DEBIT,CREDIT,CURRENCY,SVTRID\n' +
  '2026-11-24T12:00:00.000Z,droplock,create,one.pl,1,8.00,,USD,SV-1\n'

async function serve(status: number): Promise<{ url: string; seen: (string | undefined)[] }> {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(status).end(text)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return { url: `http://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}/report.csv`, seen }
}

const source = (url: string) => ({ registryAccountId: 'one', place: { kind: 'url', url } }) as const

test('a report is fetched each time it is read, with the password of its URL', async () => {
  const { url, seen } = await serve(200)
  const report = openAccountReport(source(url))
  for (let time = 0; time < 2; time += 1) expect(await collect(report.read())).toHaveLength(1)
  const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`
  expect(seen).toEqual([basic, basic])
})

test('the errors of another status, a report that is too large and a missing file do not contain the password', async () => {
  const refused = openAccountReport(source((await serve(404)).url))
  const large = openAccountReport(source((await serve(200)).url), 10)
  const absent = openAccountReport({
    registryAccountId: 'one',
    place: { kind: 'path', path: '/nowhere/report.csv' },
  })
  for (const [report, reason] of [
    [refused, 'HTTP 404'],
    [large, 'more than 10 octets'],
    [absent, 'ENOENT'],
  ] as const) {
    const error = await collect(report.read()).catch((thrown: unknown) => String(thrown))
    expect(error).toContain(reason)
    expect(error).not.toContain('pass')
  }
})
