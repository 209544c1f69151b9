import {
  addReceiver,
  changeReceiver,
  disableReceiver,
  listReceivers,
  Receiver,
  ReceiverList,
  resendToReceiver,
} from '@droplock/contracts/console/receiver'
import {
  addReceiver as add,
  changeReceiver as change,
  disableReceiver as disable,
  resendToReceiver as resend,
} from '@droplock/core/receivers/administer'
import { getReceiver, listReceivers as readReceivers } from '@droplock/core/receivers/read'
import { reply } from '@droplock/http/reply'
import type { AlarmKind } from '@droplock/rules/alarms'
import type { ConsoleApi } from '../console-api.ts'
import { wire } from '../present/wire.ts'
import { pagingOf } from './paging.ts'

export function routeReceivers(app: ConsoleApi): void {
  app.openapi(listReceivers, async (c) => {
    const { items, total } = await readReceivers(c.var.ctx, pagingOf(c.req.valid('query')))
    return reply(c, 200, ReceiverList, { items: wire(items), total })
  })

  app.openapi(addReceiver, async (c) => {
    const { kind, address, ...terms } = c.req.valid('json')
    const id = await add(c.var.ctx, { kind, address, ...termsOf(terms) })
    c.var.event.add({ receiver_id: id })
    return reply(c, 201, Receiver, wire(await getReceiver(c.var.ctx, id)))
  })

  app.openapi(changeReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id })
    const { reason, ...terms } = c.req.valid('json')
    await change(c.var.ctx, { id, ...termsOf(terms), reason })
    return reply(c, 200, Receiver, wire(await getReceiver(c.var.ctx, id)))
  })

  app.openapi(resendToReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id, resent: await resend(c.var.ctx, { id, ...c.req.valid('json') }) })
    return reply(c, 200, Receiver, wire(await getReceiver(c.var.ctx, id)))
  })

  app.openapi(disableReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id })
    await disable(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, Receiver, wire(await getReceiver(c.var.ctx, id)))
  })
}

type Terms = {
  readonly alarm_kinds?: readonly AlarmKind[] | undefined
  readonly on_close: boolean
  readonly secret_name?: string | undefined
}

function termsOf({ alarm_kinds: alarmKinds, on_close: onClose, secret_name: secretName }: Terms) {
  return { alarmKinds: alarmKinds ?? null, onClose, secretName: secretName ?? null }
}
