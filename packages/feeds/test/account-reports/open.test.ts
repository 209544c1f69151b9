import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openAccountReport } from '../../src/account-reports/open-account-report.ts'
import { gather } from './gather.ts'

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

test('a report is asked for anew each time, with the password of its address', async () => {
  const { url, seen } = await serve(200)
  const report = openAccountReport(source(url))
  for (let time = 0; time < 2; time += 1) expect(await gather(report.read())).toHaveLength(1)
  const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`
  expect(seen).toEqual([basic, basic])
})

test('another answer, too much of it, and a file that is not there are told without the password', async () => {
  const refused = openAccountReport(source((await serve(404)).url))
  const large = openAccountReport(source((await serve(200)).url), 10)
  const absent = openAccountReport({
    registryAccountId: 'one',
    place: { kind: 'path', path: '/nowhere/report.csv' },
  })
  for (const [report, said] of [
    [refused, 'HTTP 404'],
    [large, 'more than 10 octets'],
    [absent, 'ENOENT'],
  ] as const) {
    const error = await gather(report.read()).catch((thrown: unknown) => String(thrown))
    expect(error).toContain(said)
    expect(error).not.toContain('pass')
  }
})
