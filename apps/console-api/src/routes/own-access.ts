import {
  endOtherSessions,
  endOwnSession,
  forgetDevice,
  listOwnDevices,
  listOwnSessions,
  StaffDeviceList,
  StaffSessionList,
  setOwnPassword,
} from '@droplock/contracts/console/own-access'
import {
  confirmSecondFactor,
  getSecondFactor,
  NewSecondFactor,
  RecoveryCodes,
  removeSecondFactor,
  renewRecoveryCodes,
  SecondFactor,
  startSecondFactor,
} from '@droplock/contracts/console/second-factor'
import { requireProof } from '@droplock/core/context'
import {
  forgetDevice as forget,
  endOwnSession as revoke,
  endOtherSessions as revokeOthers,
  setOwnPassword as setPassword,
} from '@droplock/core/staff/own-access/administer'
import {
  listOwnDevices as readDevices,
  listOwnSessions as readSessions,
} from '@droplock/core/staff/own-access/read'
import {
  confirmSecondFactor as confirm,
  startSecondFactor as start,
} from '@droplock/core/staff/second-factor/enrol'
import {
  readSecondFactor,
  removeOwnSecondFactor,
  renewRecoveryCodes as renew,
} from '@droplock/core/staff/second-factor/manage'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { isCommonPassword } from '@droplock/passwords/common-passwords'
import { hashPassword } from '@droplock/passwords/passwords'
import { describeTotp, newTotpSecret } from '@droplock/passwords/totp'
import { requirePassword } from '@droplock/rules/staff'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { pageOf } from './paging.ts'
import { browserOf } from './session.ts'

/** What people see and change of their own access. */
export function routeOwnAccess(app: ConsoleApi, { settings }: Dependencies): void {
  const { secondFactors: factors, access, secure } = settings

  app.openapi(getSecondFactor, async (c) =>
    reply(c, 200, SecondFactor, wire(await readSecondFactor(c.var.ctx, access))),
  )

  app.openapi(startSecondFactor, async (c) => {
    const secret = newTotpSecret()
    await start(c.var.ctx, { secret, boxes: factors.boxes })
    return reply(c, 201, NewSecondFactor, describeTotp(secret, c.var.ctx.actor.email))
  })

  app.openapi(confirmSecondFactor, async (c) => {
    const codes = await confirm(c.var.ctx, { ...c.req.valid('json'), factors })
    return reply(c, 200, RecoveryCodes, wire({ recoveryCodes: codes }))
  })

  app.openapi(removeSecondFactor, async (c) => {
    await removeOwnSecondFactor(c.var.ctx)
    return c.body(null, 204)
  })

  app.openapi(renewRecoveryCodes, async (c) =>
    reply(c, 200, RecoveryCodes, wire({ recoveryCodes: await renew(c.var.ctx) })),
  )

  app.openapi(listOwnSessions, async (c) =>
    reply(c, 200, StaffSessionList, wire(await readSessions(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(endOwnSession, async (c) => {
    await revoke(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })

  app.openapi(endOtherSessions, async (c) => {
    await revokeOthers(c.var.ctx)
    return c.body(null, 204)
  })

  app.openapi(listOwnDevices, async (c) =>
    reply(c, 200, StaffDeviceList, wire(await readDevices(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(forgetDevice, async (c) => {
    await forget(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })

  app.openapi(setOwnPassword, async (c) => {
    const { password } = c.req.valid('json')
    requirePassword(password, isCommonPassword(password))
    // Before the hash, which costs a core 30 ms.
    requireProof(c.var.ctx, 'own_access')
    const { deviceSha256 } = browserOf(c, secure)
    await setPassword(c.var.ctx, { passwordHash: await hashPassword(password), deviceSha256 })
    return c.body(null, 204)
  })
}
