import {
  addReceiver,
  changeReceiver,
  disableReceiver,
  getReceiver,
  getReceiverTest,
  listReceivers,
  Receiver,
  ReceiverList,
  ReceiverTest,
  resendToReceiver,
  testReceiver,
} from '@droplock/contracts/console/receiver'
import {
  addReceiver as add,
  changeReceiver as change,
  disableReceiver as disable,
  resendToReceiver as resend,
} from '@droplock/core/receivers/administer'
import { getReceiver as read, listReceivers as readReceivers } from '@droplock/core/receivers/read'
import { getReceiverTest as readTest, testReceiver as test } from '@droplock/core/receivers/test-receiver'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeReceivers(app: ConsoleApi): void {
  app.openapi(listReceivers, async (c) => {
    return reply(c, 200, ReceiverList, wire(await readReceivers(c.var.ctx, pageOf(c.req.valid('query')))))
  })

  app.openapi(getReceiver, async (c) =>
    reply(c, 200, Receiver, wire(await read(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(addReceiver, async (c) => {
    const id = await add(c.var.ctx, { ...choices, ...fromWire(c.req.valid('json')) })
    c.var.event.add({ receiver_id: id })
    return reply(c, 201, Receiver, wire(await read(c.var.ctx, id)))
  })

  app.openapi(changeReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id })
    await change(c.var.ctx, { id, ...choices, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Receiver, wire(await read(c.var.ctx, id)))
  })

  app.openapi(resendToReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id, resent: await resend(c.var.ctx, { id, ...c.req.valid('json') }) })
    return reply(c, 200, Receiver, wire(await read(c.var.ctx, id)))
  })

  app.openapi(testReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id })
    const testId = await test(c.var.ctx, id)
    return reply(c, 201, ReceiverTest, wire(await readTest(c.var.ctx, testId)))
  })

  app.openapi(getReceiverTest, async (c) =>
    reply(c, 200, ReceiverTest, wire(await readTest(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(disableReceiver, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ receiver_id: id })
    await disable(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, Receiver, wire(await read(c.var.ctx, id)))
  })
}

/** What a receiver has where nothing is chosen: alarms of every kind, and no secret. */
const choices = { alarmKinds: null, secretName: null }
