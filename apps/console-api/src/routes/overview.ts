import { DropRoom, getDropRoom } from '@droplock/contracts/console/drop-room'
import {
  getToday,
  Invariants,
  listRegistries,
  proveInvariants,
  RegistryList,
  Today,
} from '@droplock/contracts/console/overview'
import { getDropRoom as readDropRoom } from '@droplock/core/drop-room'
import { proveInvariants as prove } from '@droplock/core/invariants'
import { listRegistries as readRegistries } from '@droplock/core/registries/read'
import { getToday as readToday } from '@droplock/core/today'
import { reply } from '@droplock/http/reply'
import { money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { presentAlarm } from './alarms.ts'

export function routeOverview(app: ConsoleApi): void {
  app.openapi(getToday, async (c) => {
    const { alarms, ...today } = await readToday(c.var.ctx)
    return reply(c, 200, Today, { ...wire(today), alarms: alarms.map(presentAlarm) })
  })

  app.openapi(getDropRoom, async (c) => reply(c, 200, DropRoom, wire(await readDropRoom(c.var.ctx))))

  app.openapi(listRegistries, async (c) => {
    const registries = await readRegistries(c.var.ctx)
    return reply(c, 200, RegistryList, { items: wire(registries), total: registries.length })
  })

  app.openapi(proveInvariants, async (c) => {
    const { escrowMinor, ledgerSumMinor, ...proof } = await prove(c.var.ctx)
    const sums = { escrow: sumsOf(escrowMinor), ledger_sum: sumsOf(ledgerSumMinor) }
    return reply(c, 200, Invariants, { ...wire(proof), ...sums })
  })
}

/** Sums by currency, in alphabetical order. */
function sumsOf(sums: Readonly<Record<string, bigint>>) {
  return Object.entries(sums)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amountMinor]) => money(amountMinor, currency))
}
