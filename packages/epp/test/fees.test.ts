import { connectRegistrar } from '@droplock/epp/connect'
import { money, parseCurrency } from '@droplock/rules/money'
import { chargedMoney } from '@droplock/rules/registries'
import { expect, onTestFinished, test } from 'vitest'
import * as say from './support/answers.ts'
import { AUTH_INFO, configFor, order } from './support/pool.ts'
import { type Script, startRegistry } from './support/registry.ts'

const FEE = 'urn:ietf:params:xml:ns:epp:fee-1.0'
const DRAFTS = ['urn:ietf:params:xml:ns:fee-0.11', 'urn:ietf:params:xml:ns:epp:fee-0.23']

/** A pool on a registry that offers these extensions. */
async function poolOffering(uris: readonly string[], script?: Script) {
  const registry = await startRegistry(script)
  onTestFinished(() => registry.stop())
  registry.greet = (peer) => peer.reply(say.offering(...uris))
  const pool = await connectRegistrar(configFor(registry))
  onTestFinished(() => pool.close())
  return { registry, pool }
}

test('of the versions of the fee extension one is logged in, and the pool says which', async () => {
  const { registry, pool } = await poolOffering([...DRAFTS, FEE])
  expect(registry.arrivals[0]?.xml.match(/<extURI>[^<]*/gu)).toEqual([`<extURI>${FEE}`])
  expect(pool.feeSupport()).toEqual({ version: FEE, offered: [...DRAFTS, FEE] })
})

test.each([
  ['older drafts alone', DRAFTS],
  ['no fee extension', []],
])(
  'if the registry offers %s there is no version, and a command with a cap is not sent',
  async (_, offered) => {
    const { registry, pool } = await poolOffering([...offered, 'urn:ietf:params:xml:ns:rgp-1.0'])
    expect(pool.feeSupport()).toEqual({ offered })
    const answer = await pool.create({ ...order(), feeCap: money(800n, 'EUR') })
    expect(answer).toMatchObject({ kind: 'not_sent', reason: expect.stringContaining('fee') })
    const renewal = { name: 'a.pl', clTRID: 'R-1', currentExDate: new Date(0), years: 1 }
    expect(await pool.renew({ ...renewal, feeCap: money(800n, 'EUR') })).toMatchObject({ kind: 'not_sent' })
    expect(registry.arrivals.map(({ verb }) => verb)).toEqual(['login'])
  },
)

test('the fee versions of a registry are still known after its sessions have ended', async () => {
  const { pool } = await poolOffering([FEE])
  expect(pool.feeSupport().version).toBe(FEE)
  await pool.close()
  expect(pool.feeSupport().version).toBe(FEE)
})

const feeData = (inner: string) => `<extension><f:creData xmlns:f="${FEE}">${inner}</f:creData></extension>`

test('a create carries its cap, and its answer returns the fees and credits of the registry', async () => {
  const { registry, pool } = await poolOffering([FEE], (command, peer) => {
    if (command.verb !== 'create') return undefined
    const fees =
      '<f:currency>EUR</f:currency><f:fee>8.00</f:fee><f:fee>1.50</f:fee><f:credit>-2.00</f:credit>'
    peer.reply(say.created(command.name, command.clTRID).replace('<trID>', `${feeData(fees)}<trID>`))
    return 'handled'
  })
  const answer = await pool.create({ ...order(), feeCap: money(1000n, 'EUR') })
  expect(registry.arrivals.at(-1)?.xml).toContain('<fee:currency>EUR</fee:currency><fee:fee>10.00</fee:fee>')
  const charged = answer.kind === 'answered' ? answer.data?.charged : undefined
  expect(charged).toEqual({ currency: 'EUR', fees: ['8.00', '1.50'], credits: ['-2.00'] })
  expect(chargedMoney(charged, parseCurrency('USD'))).toEqual(money(750n, 'EUR'))
})

const reason = (text: string) => `<extValue><value><undef/></value><reason>${text}</reason></extValue>`

test('a refused create returns the registry’s reasons, with secrets masked, and its fee', async () => {
  const { pool } = await poolOffering([FEE], (command, peer) => {
    if (command.verb !== 'create') return undefined
    const result = `<result code="2004"><msg>range</msg>${reason('The fee is another')}${reason(AUTH_INFO)}</result>`
    const fee = feeData('<f:currency>EUR</f:currency><f:fee>500.00</f:fee>')
    peer.reply(say.response(`${result}${fee}${say.trID(command.clTRID)}`))
    return 'handled'
  })
  expect(await pool.create({ ...order(), feeCap: money(800n, 'EUR') })).toMatchObject({
    code: 2004,
    reasons: ['The fee is another', '[redacted]'],
    refusedFee: { currency: 'EUR', fees: ['500.00'] },
  })
})
