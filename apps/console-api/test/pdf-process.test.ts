import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { putBillingProfile } from '@droplock/core/billing/profile'
import { setSeller } from '@droplock/core/billing/seller'
import { requestInvoice } from '@droplock/core/invoices/issue'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { REVERSE_CHARGE_NOTE } from '@droplock/rules/reverse-charge'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { givenDecided } from '../../../packages/core/test/support/held.ts'
import { BUYER, SELLER } from '../../../packages/core/test/support/invoices.ts'
import { givenStaff, password } from './support/world.ts'

const PDFS = 12
/** One after the other: each has to be answered before the next is sent. */
const OTHERS = 4

/** The server as it is run, on this database. Returns its URL. */
async function startServer(databaseUrl: string): Promise<string> {
  const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const environment = { DATABASE_URL: databaseUrl, PORT: '0', REQUEST_MS_MAX: '60000' }
  const child = spawn(process.execPath, [mainFile], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"listening"')) continue
    child.stdout.resume()
    return z.object({ url: z.string() }).parse(JSON.parse(line)).url
  }
  throw new Error('the server did not start')
}

function signInAs(url: string, email: string): Promise<Response> {
  return fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email, password }),
  })
}

/** An invoice whose page is as long as it can be, and has Chinese letters, whose font is the largest. */
async function givenLongInvoice(ctx: Parameters<typeof givenDecided>[0]): Promise<string> {
  const { buyer, backorderId } = await givenDecided(ctx, 'registered')
  await setSeller(ctx, { ...SELLER, mode: 'test', address: `${'一条很长的街道的名字'.repeat(40)}` })
  await putBillingProfile(buyer, {
    ...BUYER,
    legalName: '测试公司'.repeat(20),
    address: '一条很长的街道'.repeat(40),
  })
  return (await requestInvoice(buyer, { backorderId })).invoice.id
}

test(`while the process draws ${PDFS} long PDFs, its health and sign-ins are answered`, async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const invoice = await givenLongInvoice(ctx)
  const { email } = await givenStaff(ctx, 'finance')
  const url = await startServer(clone.urls.console_api)
  const signIn = () => signInAs(url, email)
  const cookie = (await signIn()).headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''

  const answered: string[] = []
  const note = async (what: string, response: Promise<Response>) => {
    expect((await response).ok).toBe(true)
    answered.push(what)
  }
  const drawing = Array.from({ length: PDFS }, () =>
    note('pdf', fetch(`${url}/api/invoices/${invoice}/pdf`, { headers: { Cookie: cookie } })),
  )
  for (let sent = 0; sent < OTHERS; sent += 1) {
    await note('health', fetch(`${url}/healthz`))
    await note('sign-in', signIn())
  }
  expect(answered.filter((what) => what === 'pdf').length).toBeLessThan(PDFS)
  await Promise.all(drawing)
  expect(answered).toHaveLength(PDFS + 2 * OTHERS)
})

test('the invoice of a customer with a VAT ID in another member state has the note of reverse charge and no tax', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const { buyer, backorderId } = await givenDecided(ctx, 'registered')
  await setSeller(ctx, { ...SELLER, mode: 'test', reverseCharge: true })
  await putBillingProfile(buyer, BUYER)
  const { invoice } = await requestInvoice(buyer, { backorderId })
  const { email } = await givenStaff(ctx, 'finance')
  const url = await startServer(clone.urls.console_api)
  const cookie = (await signInAs(url, email)).headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  const read = (path: string) =>
    fetch(`${url}/api/invoices/${invoice.id}${path}`, { headers: { Cookie: cookie } })
  expect(await (await read('')).json()).toMatchObject({ tax: { amount_minor: 0 } })
  const page = await (await read('/html')).text()
  for (const said of [REVERSE_CHARGE_NOTE, BUYER.taxId, String(SELLER.taxId)]) expect(page).toContain(said)
  const pdf = await read('/pdf')
  expect(pdf.headers.get('Content-Type')).toBe('application/pdf')
  expect((await pdf.text()).slice(0, 5)).toBe('%PDF-')
})
