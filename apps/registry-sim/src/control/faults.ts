import type { Hono } from 'hono'
import { dateTime } from '../epp/xml.ts'
import { lockAccount } from '../registry/account.ts'
import { FAULTS_MAX, type Fault, orderFault } from '../registry/faults.ts'
import { withdrawNames } from '../registry/load-names.ts'
import { queueMessage } from '../registry/messages.ts'
import { tamperReport } from '../registry/money.ts'
import { present } from '../registry/registry.ts'
import { faultBody, lockBody, messageBody, tamperBody, withdrawBody } from './schemas.ts'
import { Problem, type RegistryOf, readBody } from './server.ts'

/** A fault as the control API shows it; `left` is null when it has no limit. */
export function describeFault(fault: Fault) {
  const { id, kind, on, commands, code, probability, injected, delayMs, skewMs, lengthOff } = fault
  const left = Number.isFinite(fault.left) ? fault.left : null
  return { id, kind, on, commands, code, probability, injected, left, delayMs, skewMs, lengthOff }
}

/** Valid, and of a namespace that the greeting does not offer: a client must live with it (RFC 5730 §2.9.2.3). */
function lowBalanceData(clid: string): string {
  const ns = 'http://www.verisign.com/epp/lowbalance-poll-1.0'
  return (
    `<low:pollData xmlns:low="${ns}"><low:registrarName>${clid}</low:registrarName><low:creditLimit>1000</low:creditLimit>` +
    '<low:creditThreshold type="PERCENT">10</low:creditThreshold><low:availableCredit>80</low:availableCredit></low:pollData>'
  )
}

type NoticeFacts = {
  readonly clid: string
  readonly nowMs: number
  readonly from: number | undefined
  readonly to: number | undefined
}

const HOUR_MS = 3_600_000

/** The data of a notice as registries send it; none of these namespaces is in our greeting, as at registries that do not offer them. */
function noticeData(
  notice: 'low_balance' | 'maintenance' | 'change',
  { clid, nowMs, from = nowMs + HOUR_MS, to = nowMs + 2 * HOUR_MS }: NoticeFacts,
): string {
  if (notice === 'low_balance') return lowBalanceData(clid)
  if (notice === 'maintenance')
    return (
      '<m:infData xmlns:m="urn:ietf:params:xml:ns:epp:maintenance-1.0"><m:maint><m:id>m-1</m:id><m:pollType>create</m:pollType>' +
      '<m:systems><m:system><m:name>EPP</m:name><m:impact>full</m:impact></m:system></m:systems>' +
      `<m:environment type="production"/><m:start>${dateTime(from)}</m:start><m:end>${dateTime(to)}</m:end>` +
      `<m:reason>planned</m:reason><m:crDate>${dateTime(nowMs)}</m:crDate></m:maint></m:infData>`
    )
  return (
    '<p:changeData xmlns:p="urn:ietf:params:xml:ns:changePoll-1.0" state="after"><p:operation>update</p:operation>' +
    `<p:date>${dateTime(nowMs)}</p:date><p:svTRID>sim-change</p:svTRID><p:who>URS Admin</p:who>` +
    '<p:reason lang="en">URS lock</p:reason></p:changeData>'
  )
}

/** What a registry does to its clients on order: pulled names, locked accounts, faults, messages, false reports. */
export function addFaults(app: Hono, registryOf: RegistryOf): void {
  app.post('/registries/:id/withdraw', async (c) => {
    const registry = registryOf(c)
    const { names, at } = await readBody(c, withdrawBody)
    const notPending = withdrawNames(registry, names, present(registry), at)
    return c.json({ withdrawn: names.length - notPending.length, notPending })
  })
  app.post('/registries/:id/locks', async (c) => {
    const { accounts } = registryOf(c)
    const { clid, ...codes } = await readBody(c, lockBody)
    const account = accounts.get(clid)
    if (!account) throw new Problem('account_not_found', 'no account of this clid')
    lockAccount(account, codes)
    return c.json(account.lock, 201)
  })
  app.delete('/registries/:id/locks/:clid', (c) => {
    const account = registryOf(c).accounts.get(c.req.param('clid'))
    if (!account) throw new Problem('account_not_found', 'no account of this clid')
    account.lock = undefined
    return c.body(null, 204)
  })
  app.post('/registries/:id/faults', async (c) => {
    const { faults } = registryOf(c)
    const order = await readBody(c, faultBody)
    if (faults.faults.length >= FAULTS_MAX)
      throw new Problem('too_many_faults', `at most ${FAULTS_MAX} plans`)
    return c.json(describeFault(orderFault(faults, order)), 201)
  })
  app.delete('/registries/:id/faults', (c) => {
    registryOf(c).faults.faults.length = 0
    return c.body(null, 204)
  })
  app.post('/registries/:id/report/tamper', async (c) => {
    const registry = registryOf(c)
    present(registry)
    if (!tamperReport(registry, await readBody(c, tamperBody)))
      throw new Problem('entry_not_found', 'the report has no such line')
    return c.json({ entries: registry.ledger.length })
  })
  app.post('/registries/:id/messages', async (c) => {
    const registry = registryOf(c)
    const { clid, text, foreign, notice, from, to, count } = await readBody(c, messageBody)
    const account = registry.accounts.get(clid)
    if (!account) throw new Problem('account_not_found', 'no account of this clid')
    const nowMs = present(registry)
    for (let queued = 0; queued < count; queued++) {
      const data = notice === undefined ? undefined : noticeData(notice, { clid, nowMs, from, to })
      queueMessage(registry, clid, nowMs, text, foreign ? lowBalanceData(clid) : data)
    }
    return c.json({ waiting: account.messages.length }, 201)
  })
}
