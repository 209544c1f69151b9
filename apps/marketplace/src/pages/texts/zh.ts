import type { Texts } from './shape.ts'
import { account } from './zh/account.ts'
import { contacts } from './zh/contacts.ts'
import { help } from './zh/help.ts'
import { mails } from './zh/mails.ts'
import { members } from './zh/members.ts'
import { names } from './zh/names.ts'
import { order } from './zh/order.ts'
import { orders } from './zh/orders.ts'
import { problems } from './zh/problems.ts'
import { site } from './zh/site.ts'

export const zh: Texts = {
  ...site,
  ...problems,
  ...names,
  ...order,
  ...orders,
  ...members,
  ...account,
  ...contacts,
  ...mails,
  ...help,
}
