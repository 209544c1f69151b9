import { StaffSessionList } from '@droplock/contracts/console/own-access'
import {
  changeStaffMember,
  disableStaffMember,
  enableStaffMember,
  endStaffSessions,
  getStaffMember,
  inviteStaff,
  listStaff,
  listStaffSessions,
  resetStaffSecondFactor,
  SentLink,
  StaffList,
  StaffMember,
  sendPasswordLink,
} from '@droplock/contracts/console/staff'
import type { StaffContext } from '@droplock/core/context'
import {
  changeStaff,
  disableStaff,
  enableStaff,
  endSessionsOf,
  resetSecondFactor,
} from '@droplock/core/staff/administer'
import { inviteStaff as invite, sendPasswordLink as renewPassword } from '@droplock/core/staff/links/send'
import { getStaff, listSessionsOf, listStaff as readStaff } from '@droplock/core/staff/read'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { newLink, sendLink } from '../http/staff-link.ts'
import { pageOf } from './paging.ts'

/** The people of the console, for administrators. */
export function routeStaff(app: ConsoleApi, dependencies: Dependencies): void {
  app.openapi(listStaff, async (c) =>
    reply(c, 200, StaffList, wire(await readStaff(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(getStaffMember, async (c) =>
    reply(c, 200, StaffMember, await present(c.var.ctx, c.req.valid('param').id)),
  )

  app.openapi(inviteStaff, async (c) => {
    const link = newLink(dependencies)
    const made = await invite(c.var.ctx, { ...c.req.valid('json'), ...link })
    c.var.event.add({ invited_id: made.staffId })
    const staff = await getStaff(c.var.ctx, made.staffId)
    const sent = await sendLink(dependencies, { kind: 'invitation', name: staff.name, link, made })
    return reply(c, 201, SentLink, wire({ staff, expiresAt: made.expiresAt, ...sent }))
  })

  app.openapi(sendPasswordLink, async (c) => {
    const link = newLink(dependencies)
    const staffId = c.req.valid('param').id
    const made = await renewPassword(c.var.ctx, { staffId, ...c.req.valid('json'), ...link })
    const staff = await getStaff(c.var.ctx, staffId)
    const kind = staff.signedInAt === null ? 'invitation' : 'new_password'
    const sent = await sendLink(dependencies, { kind, name: staff.name, link, made })
    return reply(c, 200, SentLink, wire({ staff, expiresAt: made.expiresAt, ...sent }))
  })

  app.openapi(changeStaffMember, async (c) => {
    const { id } = c.req.valid('param')
    await changeStaff(c.var.ctx, { staffId: id, ...c.req.valid('json') })
    return reply(c, 200, StaffMember, await present(c.var.ctx, id))
  })
  routeAccess(app)
}

/** What takes a person's access away, and gives it back. */
function routeAccess(app: ConsoleApi): void {
  app.openapi(disableStaffMember, async (c) => {
    const { id } = c.req.valid('param')
    await disableStaff(c.var.ctx, { staffId: id, ...c.req.valid('json') })
    return reply(c, 200, StaffMember, await present(c.var.ctx, id))
  })

  app.openapi(enableStaffMember, async (c) => {
    const { id } = c.req.valid('param')
    await enableStaff(c.var.ctx, { staffId: id, ...c.req.valid('json') })
    return reply(c, 200, StaffMember, await present(c.var.ctx, id))
  })

  app.openapi(resetStaffSecondFactor, async (c) => {
    const { id } = c.req.valid('param')
    await resetSecondFactor(c.var.ctx, { staffId: id, ...c.req.valid('json') })
    return reply(c, 200, StaffMember, await present(c.var.ctx, id))
  })

  app.openapi(listStaffSessions, async (c) => {
    const query = { ...pageOf(c.req.valid('query')), ...c.req.valid('param') }
    return reply(c, 200, StaffSessionList, wire(await listSessionsOf(c.var.ctx, query)))
  })

  app.openapi(endStaffSessions, async (c) => {
    const { id } = c.req.valid('param')
    await endSessionsOf(c.var.ctx, { staffId: id, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, StaffMember, await present(c.var.ctx, id))
  })
}

const present = async (ctx: StaffContext, id: string) => wire(await getStaff(ctx, id))
