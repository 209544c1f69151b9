import { choosePassword, readStaffLink, StaffLink } from '@droplock/contracts/console/staff'
import { choosePassword as choose, readLink } from '@droplock/core/staff/links/use'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { isCommonPassword } from '@droplock/passwords/common-passwords'
import { hashPassword } from '@droplock/passwords/passwords'
import { requirePassword } from '@droplock/rules/staff'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { sha256 } from '../http/session-cookies.ts'

/** What people do with a link to choose a password, before they have a session. */
export function routeStaffLinks(app: ConsoleApi, { ctx }: Dependencies): void {
  app.openapi(readStaffLink, async (c) =>
    reply(c, 200, StaffLink, wire(await readLink(ctx, sha256(c.req.valid('json').token)))),
  )

  app.openapi(choosePassword, async (c) => {
    const { token, password } = c.req.valid('json')
    const tokenSha256 = sha256(token)
    requirePassword(password, isCommonPassword(password))
    // Before the hash, which costs a core 30 ms.
    await readLink(ctx, tokenSha256)
    await choose(ctx, { tokenSha256, passwordHash: await hashPassword(password) })
    return c.body(null, 204)
  })
}
