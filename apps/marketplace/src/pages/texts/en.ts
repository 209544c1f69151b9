import { account } from './en/account.ts'
import { contacts } from './en/contacts.ts'
import { help } from './en/help.ts'
import { mails } from './en/mails.ts'
import { members } from './en/members.ts'
import { names } from './en/names.ts'
import { order } from './en/order.ts'
import { orders } from './en/orders.ts'
import { problems } from './en/problems.ts'
import { site } from './en/site.ts'

/** Every text of the pages, by the folders of the pages. The Chinese ones have the same shape. */
export const en = {
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
} as const
