import { opensAt, type PublicationRule } from '@droplock/rules/schedule/publication'

/** When listings that are published `now` open for orders. Rule 5. */
export function opensAtOf(now: Date, rule: PublicationRule | 'at_once'): Date {
  return rule === 'at_once' ? now : opensAt(now, rule).opensAt
}
